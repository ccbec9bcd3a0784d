import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import type { NewServer, Server } from './types';

const at = (project: string, server: string) => ({ path: { project, server } });

export const serversQuery = (project: string) => queryOptions({
    queryKey: ['servers', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/servers', { params: { path: { project } }, signal })),
});

export const serverQuery = (project: string, server: string) => queryOptions({
    queryKey: ['server', project, server],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/servers/{server}', { params: at(project, server), signal })),
});

export const refreshServer = (project: string, server: string) => unwrap(
    api.POST('/api/projects/{project}/servers/{server}/refresh-status', { params: at(project, server) }));

export const refreshServers = (project: string) => unwrap(
    api.POST('/api/projects/{project}/servers/refresh-status', { params: { path: { project } } }));

export const toggleServer = (project: string, server: string) => unwrap(
    api.POST('/api/projects/{project}/servers/{server}/toggle', { params: at(project, server) }));

export const restartServer = (project: string, server: string) => unwrap(
    api.POST('/api/projects/{project}/servers/{server}/restart', { params: at(project, server) }));

export const deleteServer = (project: string, server: string) => unwrap(
    api.DELETE('/api/projects/{project}/servers/{server}', { params: at(project, server) }));

export const createServer = (project: string, body: NewServer) => unwrap(
    api.POST('/api/projects/{project}/servers', { params: { path: { project } }, body }));

export const changeServer = (project: string, server: string, body: Partial<NewServer>) => unwrap(
    api.PUT('/api/projects/{project}/servers/{server}', { params: at(project, server), body }));

export const importServers = (project: string, config: unknown, preview: boolean) => unwrap(
    api.POST('/api/projects/{project}/servers/import', {
        params: { path: { project } }, body: { config, preview },
    }));

/** Writes what became known of one server into the list, without asking for the list again. */
export function noteServer(
    queries: QueryClient, project: string, id: string, change: Partial<Server>): void {
    queries.setQueryData(serversQuery(project).queryKey, (servers) =>
        servers?.map((server) => (server.id === id ? { ...server, ...change } : server)));
}

export const forgetServers = (queries: QueryClient, project: string) =>
    queries.invalidateQueries({ queryKey: ['servers', project] });
