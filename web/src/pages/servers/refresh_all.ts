import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { noteRefreshed, refreshServers } from '@/api/servers';
import type { Server } from '@/api/types';

interface Refreshing {
    total: number;
    /** Ids of the servers that have not answered yet. */
    waiting: ReadonlySet<string>;
}

const idle: Refreshing = { total: 0, waiting: new Set() };

/** Asks all servers of a project and ticks each off as it answers. Whatever page of the project
 * began it, all see how far it is. */
export function useRefreshAll(project: string) {
    const queries = useQueryClient();
    const key = ['refreshing', project];
    const { data } = useQuery({ queryKey: key, queryFn: skipToken, initialData: idle, gcTime: Infinity });
    const note = (change: (before: Refreshing) => Refreshing) => {
        queries.setQueryData<Refreshing>(key, (before) => change(before ?? idle));
    };
    const run = useMutation({
        mutationFn: (servers: Server[]) => {
            const asked = servers.filter((server) => server.is_enabled).map((server) => server.id);
            note(() => ({ total: asked.length, waiting: new Set(asked) }));
            return refreshServers(project, (answer) => {
                note(({ total, waiting }) => ({
                    total, waiting: new Set([...waiting].filter((id) => id !== answer.server_id)),
                }));
                noteRefreshed(queries, project, answer);
            });
        },
        onSettled: () => {
            note(() => idle);
            return Promise.all(['server', 'tools', 'process'].map((kind) =>
                queries.invalidateQueries({ queryKey: [kind, project] })));
        },
    });
    return {
        run: run.mutate, failure: run.error, waiting: data.waiting, isRunning: data.total > 0,
        total: data.total, done: data.total - data.waiting.size,
    };
}
