import { skipToken, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { noteRefreshed, refreshServers, serversQuery, staleServers } from '@/api/servers';
import { projectToolsQuery } from '@/api/tools';

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
    const { data = idle } = useQuery<Refreshing>({ queryKey: key, queryFn: skipToken, gcTime: Infinity });
    const note = (change: (before: Refreshing) => Refreshing) => {
        queries.setQueryData<Refreshing>(key, (before) => change(before ?? idle));
    };
    const run = useMutation({
        mutationFn: async () => {
            const servers = await queries.fetchQuery(serversQuery(project));
            const asked = servers.filter((server) => server.is_enabled).map((server) => server.id);
            note(() => ({ total: asked.length, waiting: new Set(asked) }));
            await refreshServers(project, (answer) => {
                note(({ total, waiting }) => ({
                    total, waiting: new Set([...waiting].filter((id) => id !== answer.server_id)),
                }));
                noteRefreshed(queries, project, answer);
                void queries.invalidateQueries({ queryKey: projectToolsQuery(project).queryKey });
            });
        },
        onSettled: async () => {
            note(() => idle);
            await staleServers(queries, project);
            await Promise.all(['server', 'tools', 'process'].map((kind) =>
                queries.invalidateQueries({ queryKey: [kind, project] })));
        },
    });
    return {
        run: () => { run.mutate(); }, failure: run.error, waiting: data.waiting,
        isRunning: run.isPending || data.total > 0,
        total: data.total, done: data.total - data.waiting.size,
    };
}
