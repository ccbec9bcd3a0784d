import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export interface ActivityFilter {
    search?: string;
    target_type?: string;
    severity_filter?: string;
    include_tool_calls?: string;
}

/** What a feed is about. */
export type FeedOf = { project: string } | { team: string };

interface PageQuery extends ActivityFilter {
    limit: string;
    cursor?: string;
}

const readPage = (of: FeedOf, query: PageQuery, signal: AbortSignal) => unwrap('team' in of
    ? api.GET('/api/teams/{team}/activity', { params: { path: of, query }, signal })
    : api.GET('/api/projects/{project}/activities', { params: { path: of, query }, signal }));

export const activitiesQuery = (of: FeedOf, filter: ActivityFilter) => infiniteQueryOptions({
    queryKey: 'team' in of ? ['team', of.team, 'activity', filter] : ['activities', of.project, filter],
    queryFn: ({ signal, pageParam }) => readPage(
        of, { ...filter, limit: '50', ...(pageParam === null ? {} : { cursor: pageParam }) }, signal),
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
