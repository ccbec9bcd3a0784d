import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

/** Parameters of the call log; those with several values are sent several times. */
export interface CallFilter {
    time_range?: string;
    start_time?: string;
    end_time?: string;
    status?: string[];
    error_code?: string[];
    client_type?: string[];
    server_id?: string;
    session_id?: string;
    tool_name?: string;
    principal?: string;
    min_duration_ms?: number;
    max_duration_ms?: number;
    search_text?: string;
}

/** The contract describes every parameter as one text; the server takes several of some. */
const wired = (filter: CallFilter) => filter as Record<string, string>;

export const callQuery = (id: string, project: string) => queryOptions({
    queryKey: ['call', project, id],
    queryFn: ({ signal }) => unwrap(api.GET('/api/tool-call-logs/{call}', {
        params: { path: { call: id }, query: { project_id: project } }, signal,
    })),
    staleTime: Infinity,
});

/** A page of calls without what was asked and answered, which can be megabytes: `callQuery` has it. */
export const fetchCalls = (
    project: string, filter: CallFilter, page: { cursor?: string; size: number }, signal?: AbortSignal,
) => unwrap(api.GET('/api/tool-call-logs', {
    params: { query: {
        project_id: project, ...wired(filter), page_size: String(page.size), bodies: 'false',
        ...(page.cursor === undefined ? {} : { cursor: page.cursor }),
    } },
    ...(signal === undefined ? {} : { signal }),
}));

export const facetsQuery = (project: string, filter: CallFilter) => queryOptions({
    queryKey: ['calls', project, 'facets', filter],
    queryFn: ({ signal }) => unwrap(api.GET('/api/tool-call-logs/facets', {
        params: { query: { project_id: project, ...wired(filter) } }, signal,
    })),
});

export const histogramQuery = (project: string, filter: CallFilter, buckets: number) => queryOptions({
    queryKey: ['calls', project, 'histogram', filter, buckets],
    queryFn: ({ signal }) => unwrap(api.GET('/api/tool-call-logs/histogram', {
        params: { query: { project_id: project, ...wired(filter), buckets: String(buckets) } }, signal,
    })),
});

export const metricsQuery = (project: string, filter: CallFilter) => queryOptions({
    queryKey: ['calls', project, 'metrics', filter],
    queryFn: ({ signal }) => unwrap(api.GET('/api/tool-call-logs/metrics', {
        params: { query: { project_id: project, ...wired(filter) } }, signal,
    })),
});

export const seriesQuery = (project: string, filter: CallFilter, buckets: number) => queryOptions({
    queryKey: ['calls', project, 'series', filter, buckets],
    queryFn: ({ signal }) => unwrap(api.GET('/api/tool-call-logs/metrics/series', {
        params: { query: { project_id: project, ...wired(filter), buckets: String(buckets) } }, signal,
    })),
});

export type GroupBy = 'server' | 'tool' | 'client_type' | 'key' | 'user';
export type GroupOrder = 'calls' | 'slowest' | 'failing';

export const groupsQuery = (project: string, filter: CallFilter, by: GroupBy, order: GroupOrder) => queryOptions({
    queryKey: ['calls', project, 'groups', filter, by, order],
    queryFn: ({ signal }) => unwrap(api.GET('/api/tool-call-logs/metrics/groups', {
        params: { query: { project_id: project, ...wired(filter), group_by: by, order, limit: '8' } }, signal,
    })),
});
