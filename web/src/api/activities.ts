import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export interface ActivityFilter {
    search?: string;
    target_type?: string;
    severity_filter?: string;
    include_tool_calls?: string;
}

export const activitiesQuery = (project: string, filter: ActivityFilter) => infiniteQueryOptions({
    queryKey: ['activities', project, filter],
    queryFn: ({ signal, pageParam }) => unwrap(api.GET('/api/projects/{project}/activities', {
        params: {
            path: { project },
            query: { ...filter, limit: '50', ...(pageParam === null ? {} : { cursor: pageParam }) },
        }, signal,
    })),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
});

/** What an address says of the feed. */
export function readActivitySearch(search: Record<string, unknown>): ActivityFilter {
    const names = ['search', 'target_type', 'severity_filter', 'include_tool_calls'] as const;
    return Object.fromEntries(names.flatMap((name) => {
        const value = search[name];
        return typeof value === 'string' && value !== '' ? [[name, value]] : [];
    }));
}
