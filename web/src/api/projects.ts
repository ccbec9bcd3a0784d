import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const projectsQuery = queryOptions({
    queryKey: ['projects'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects', { signal })),
});

export const projectQuery = (project: string) => queryOptions({
    queryKey: ['project', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}', { params: { path: { project } }, signal })),
});

export const createProject = (body: { name: string; display_name?: string; description?: string }) =>
    unwrap(api.POST('/api/projects', { body }));
