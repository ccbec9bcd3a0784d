import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const keysQuery = (project: string) => queryOptions({
    queryKey: ['keys', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/api-keys', { params: { path: { project } }, signal })),
});

export interface NewKey {
    name: string;
    description?: string;
    expires_at?: string | null;
    scope?: { may_call?: boolean; servers?: string[]; tools?: string[] };
    limits?: { calls_per_minute?: number };
}

export const createKey = (project: string, body: NewKey) => unwrap(
    api.POST('/api/projects/{project}/api-keys', { params: { path: { project } }, body }));

export const deleteKey = (project: string, key: string) => unwrap(
    api.DELETE('/api/projects/{project}/api-keys/{key}', { params: { path: { project, key } } }));

export const rotateKey = (project: string, key: string) => unwrap(
    api.POST('/api/projects/{project}/api-keys/{key}/rotate', {
        params: { path: { project, key } }, body: { overlap_seconds: 3600 },
    }));
