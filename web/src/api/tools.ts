import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const toolsQuery = (project: string, server: string) => queryOptions({
    queryKey: ['tools', project, server],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/servers/{server}/tools', {
        params: { path: { project, server } }, signal,
    })),
});

export const executeTool = (project: string, server: string, tool: string, given: unknown) => unwrap(
    api.POST('/api/projects/{project}/servers/{server}/tools/{tool}/execute', {
        params: { path: { project, server, tool } }, body: { arguments: given ?? {} },
    }));

export const switchTools = (project: string, server: string, tools: string[], is_enabled: boolean) => unwrap(
    api.PUT('/api/projects/{project}/tool-preferences', {
        params: { path: { project } },
        body: { preferences: tools.map((tool_name) => ({ server_id: server, tool_name, is_enabled })) },
    }));
