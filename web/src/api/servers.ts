import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { eventsOf, type ServerEvent } from './events';
import { failureOf, noAnswer, type Problem } from './problem';
import type { NewServer, Refreshed, Server } from './types';

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

async function* refreshEvents(project: string): AsyncGenerator<ServerEvent> {
    const body = await unwrap(api.POST('/api/projects/{project}/servers/refresh-status', {
        params: { path: { project } }, headers: { Accept: 'text/event-stream' }, parseAs: 'stream',
    }));
    try {
        yield* eventsOf(body ?? new ReadableStream());
    } catch (cause) {
        throw noAnswer(cause);
    }
}

/** Asks all servers and tells of each as it answers; ends when all have. */
export async function refreshServers(project: string, onServer: (answer: Refreshed) => void): Promise<void> {
    for await (const { name, data } of refreshEvents(project)) {
        if (name === 'server') {
            onServer(JSON.parse(data) as Refreshed);
        } else if (name === 'error') {
            const told = JSON.parse(data) as Problem;
            throw failureOf(told.status, told);
        } else if (name === 'done') {
            return;
        }
    }
    throw noAnswer(new Error('The answer ended too early.'));
}

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

/** Writes what a server answered to a refresh into the list. */
export const noteRefreshed = (
    queries: QueryClient, project: string, { server_id, status, tools_count, error, refreshed_at }: Refreshed,
): void => {
    noteServer(queries, project, server_id, {
        status, tools_count, last_error: error, last_checked: refreshed_at,
        ...(status === 'online' ? { last_connected: refreshed_at } : {}),
    });
};

/** What else tells of servers is asked for again when a page shows it next; now nothing is. */
export const staleServers = (queries: QueryClient, project: string) =>
    Promise.all(['project', 'project-tools', 'server', 'tools', 'process'].map((kind) =>
        queries.invalidateQueries({ queryKey: [kind, project], refetchType: 'none' })));

export const forgetServers = async (queries: QueryClient, project: string) => {
    await staleServers(queries, project);
    await Promise.all(['servers', 'project-tools'].map((kind) => queries.invalidateQueries({ queryKey: [kind, project] })));
};
