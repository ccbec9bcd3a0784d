import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { follow } from '@/api/events';
import { noteServer, refreshServers } from '@/api/servers';
import type { Server, ServerLogLine } from '@/api/types';

const isLast = ({ category, level, message }: ServerLogLine): boolean =>
    level === 'error' || (category === 'refresh' && message.startsWith('tools listed'));

/** Asks all servers and ticks them off as their own events tell of the answer. */
export function useRefreshAll(project: string) {
    const queries = useQueryClient();
    const [waiting, setWaiting] = useState<ReadonlySet<string>>(new Set());
    const tick = (id: string) => {
        setWaiting((left) => new Set([...left].filter((each) => each !== id)));
    };
    const run = useMutation({
        mutationFn: async (servers: Server[]) => {
            setWaiting(new Set(servers.filter((server) => server.is_enabled).map((server) => server.id)));
            const stop = follow<ServerLogLine>(
                `/api/projects/${encodeURIComponent(project)}/server-logs/stream`, {}, 'log',
                { onRow: (line) => { if (isLast(line)) { tick(line.server_id); } } });
            try {
                return await refreshServers(project);
            } finally {
                stop();
                setWaiting(new Set());
            }
        },
        onSuccess: ({ servers }) => {
            for (const { server_id, status, tools_count, error, refreshed_at } of Object.values(servers)) {
                noteServer(queries, project, server_id, {
                    status, tools_count, last_error: error, last_checked: refreshed_at,
                    ...(status === 'online' ? { last_connected: refreshed_at } : {}),
                });
            }
        },
    });
    return { run: run.mutate, isRunning: run.isPending, failure: run.error, waiting };
}
