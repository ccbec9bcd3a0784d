import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const processQuery = (project: string, server: string) => queryOptions({
    queryKey: ['process', project, server],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/servers/{server}/process', {
        params: { path: { project, server } }, signal,
    })),
    staleTime: 5_000,
});

/** Whose lines: those of one server, or those of all projects, which only administrators read. */
export type LogSource = { project: string; server: string } | 'everywhere';

export const logLevels = ['debug', 'info', 'warning', 'error'] as const;
export const logCategories = ['startup', 'handshake', 'shutdown', 'crash', 'output', 'refresh'] as const;

/** Parameters of a server log; those with several values are sent several times. */
export interface ServerLogFilter {
    level?: string[];
    category?: string[];
    search_text?: string;
    project_id?: string;
    server_id?: string;
    time_range?: string;
    start_time?: string;
    end_time?: string;
}

const pageMax = '200';

function fetchPage(source: LogSource, filter: ServerLogFilter, cursor: string | null, signal: AbortSignal) {
    const query = {
        ...(filter as Record<string, string>), limit: pageMax, ...(cursor === null ? {} : { cursor }),
    };
    return source === 'everywhere' ? unwrap(api.GET('/api/admin/server-logs', { params: { query }, signal }))
        : unwrap(api.GET('/api/projects/{project}/servers/{server}/logs', { params: { path: source, query }, signal }));
}

/** Newest first; a further page holds what is older. */
export const serverLogQuery = (source: LogSource, filter: ServerLogFilter) => infiniteQueryOptions({
    queryKey: ['server-log', source, filter],
    queryFn: ({ signal, pageParam }) => fetchPage(source, filter, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Infinity,
    gcTime: 0,
});

/** Where the lines of `source` come as they are written; takes a filter without times. */
export const serverLogStream = (source: LogSource): string =>
    source === 'everywhere' ? '/api/admin/server-logs/stream'
        : `/api/projects/${encodeURIComponent(source.project)}/servers/${encodeURIComponent(source.server)}/logs/stream`;
