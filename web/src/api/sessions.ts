import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export type PageState = 'live' | 'ended';

export interface SessionFilter {
    state: PageState | 'all';
    /** Only those that came by the endpoints of this server. */
    server_id?: string;
}

const refreshMs = 10_000;

export const sessionsQuery = (project: string, filter: SessionFilter) => infiniteQueryOptions({
    queryKey: ['sessions', project, filter],
    queryFn: ({ signal, pageParam }) => unwrap(api.GET('/api/projects/{project}/sessions', {
        params: {
            path: { project },
            query: { ...filter, time_range: '7d', limit: '100', ...(pageParam === null ? {} : { cursor: pageParam }) },
        }, signal,
    })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // The counters of live sessions move; past ones stay as they are.
    refetchInterval: filter.state === 'ended' ? false : refreshMs,
});

export const readSessionSearch = (search: Record<string, unknown>): { state?: PageState } =>
    (search['state'] === 'ended' ? { state: 'ended' } : {});
