import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export type SessionState = 'live' | 'ended';

const refreshMs = 10_000;

export const sessionsQuery = (project: string, state: SessionState) => infiniteQueryOptions({
    queryKey: ['sessions', project, state],
    queryFn: ({ signal, pageParam }) => unwrap(api.GET('/api/projects/{project}/sessions', {
        params: {
            path: { project },
            query: { state, time_range: '7d', limit: '100', ...(pageParam === null ? {} : { cursor: pageParam }) },
        }, signal,
    })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    // The counters of live sessions move; past ones stay as they are.
    refetchInterval: state === 'live' ? refreshMs : false,
});

export const readSessionSearch = (search: Record<string, unknown>): { state?: SessionState } =>
    (search['state'] === 'ended' ? { state: 'ended' } : {});
