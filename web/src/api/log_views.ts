import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const logViewsQuery = (project: string) => queryOptions({
    queryKey: ['log-views', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/log-views', { params: { path: { project } }, signal })),
    staleTime: 300_000,
});

export const saveLogView = (project: string, body: { name: string; query: string }) => unwrap(
    api.POST('/api/projects/{project}/log-views', { params: { path: { project } }, body }));

export const deleteLogView = (project: string, view: string) => unwrap(
    api.DELETE('/api/projects/{project}/log-views/{view}', { params: { path: { project, view } } }));
