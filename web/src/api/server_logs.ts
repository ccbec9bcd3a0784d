import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const processQuery = (project: string, server: string) => queryOptions({
    queryKey: ['process', project, server],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/servers/{server}/process', {
        params: { path: { project, server } }, signal,
    })),
    staleTime: 5_000,
});

export interface ServerLogFilter {
    level?: string[];
    search_text?: string;
}

export const serverLogQuery = (project: string, server: string, filter: ServerLogFilter) => infiniteQueryOptions({
    queryKey: ['server-log', project, server, filter],
    queryFn: ({ signal, pageParam }) => unwrap(api.GET('/api/projects/{project}/servers/{server}/logs', {
        params: {
            path: { project, server },
            query: {
                ...(filter as Record<string, string>), limit: '200', time_range: '7d',
                ...(pageParam === null ? {} : { cursor: pageParam }),
            },
        }, signal,
    })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    staleTime: Infinity,
    gcTime: 0,
});
