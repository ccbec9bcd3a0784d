import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const toolsQuery = (project: string, server: string) => queryOptions({
    queryKey: ['tools', project, server],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/servers/{server}/tools', {
        params: { path: { project, server } }, signal,
    })),
});

/** All tools of all servers, as they are stored; asks no server. */
export const projectToolsQuery = (project: string) => queryOptions({
    queryKey: ['project-tools', project],
    queryFn: ({ signal }) => unwrap(
        api.GET('/api/projects/{project}/tools', { params: { path: { project } }, signal })),
});

export const executeTool = (project: string, server: string, tool: string, given: unknown) => unwrap(
    api.POST('/api/projects/{project}/servers/{server}/tools/{tool}/execute', {
        params: { path: { project, server, tool } }, body: { arguments: given ?? {} },
    }));

export interface ToolAt {
    server_id: string;
    name: string;
}

export const switchTools = (project: string, tools: ToolAt[], is_enabled: boolean) => unwrap(
    api.PUT('/api/projects/{project}/tool-preferences', {
        params: { path: { project } },
        body: { preferences: tools.map(({ server_id, name }) => ({ server_id, tool_name: name, is_enabled })) },
    }));
