import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { paths } from './schema';

export const keysQuery = (project: string) => queryOptions({
    queryKey: ['keys', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/api-keys', { params: { path: { project } }, signal })),
});

export type NewKey = NonNullable<
    paths['/api/projects/{project}/api-keys']['post']['requestBody']
>['content']['application/json'];
export type KeyChange = NonNullable<
    paths['/api/projects/{project}/api-keys/{key}']['put']['requestBody']
>['content']['application/json'];

export const createKey = (project: string, body: NewKey) => unwrap(
    api.POST('/api/projects/{project}/api-keys', { params: { path: { project } }, body }));

export const changeKey = (project: string, key: string, body: KeyChange) => unwrap(
    api.PUT('/api/projects/{project}/api-keys/{key}', { params: { path: { project, key } }, body }));

export const deleteKey = (project: string, key: string) => unwrap(
    api.DELETE('/api/projects/{project}/api-keys/{key}', { params: { path: { project, key } } }));

export const rotateKey = (project: string, key: string) => unwrap(
    api.POST('/api/projects/{project}/api-keys/{key}/rotate', {
        params: { path: { project, key } }, body: { overlap_seconds: 3600 },
    }));
