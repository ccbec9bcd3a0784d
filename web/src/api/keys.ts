import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const keysQuery = (project: string) => queryOptions({
    queryKey: ['keys', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/api-keys', { params: { path: { project } }, signal })),
});
