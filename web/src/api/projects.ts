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

const at = (project: string) => ({ path: { project } });

export const changeProject = (
    project: string, body: { name?: string; display_name?: string; description?: string; retention_days?: number },
) => unwrap(api.PUT('/api/projects/{project}', { params: at(project), body }));

export const deleteProject = (project: string) => unwrap(
    api.DELETE('/api/projects/{project}', { params: at(project) }));

export const leaveProject = (project: string) => unwrap(
    api.POST('/api/projects/{project}/leave', { params: at(project) }));

export const transferProject = (project: string, new_owner_email: string) => unwrap(
    api.POST('/api/projects/{project}/transfer-ownership', { params: at(project), body: { new_owner_email } }));

export const securityQuery = (project: string) => queryOptions({
    queryKey: ['security', project],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/security', { params: at(project), signal })),
});

export interface SecurityChange {
    jwt_auth_required?: boolean;
    allowed_ip_ranges?: string[];
    unified_mcp_enabled?: boolean;
    naming_mode?: string;
}

export const changeSecurity = (project: string, body: SecurityChange) => unwrap(
    api.PUT('/api/projects/{project}/security', { params: at(project), body }));
