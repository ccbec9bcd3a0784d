import type { ProjectTool } from '@/api/types';
import { named } from '@/parts/search_words';
import type { ToolsSearch } from './tools_search';

/** A line of the list: a server in front of its tools, or a tool. */
export type ToolLine =
    | { kind: 'server'; key: string; tools: ProjectTool[] }
    | { kind: 'tool'; key: string; tool: ProjectTool };

export const placeOf = ({ server_name, name }: ProjectTool): string => `${server_name}/${name}`;

export const found = (tools: ProjectTool[], search: string, server?: string): ProjectTool[] =>
    tools.filter((tool) => (server === undefined || tool.server_name === server)
        && named(search, tool.name, tool.title, tool.description));

const line = (tool: ProjectTool): ToolLine => ({ kind: 'tool', key: placeOf(tool), tool });
const byName = (a: ProjectTool, b: ProjectTool): number =>
    a.name.localeCompare(b.name) || a.server_name.localeCompare(b.server_name);

/** Tools under their servers, or all in the order of their names. */
export function linesOf(tools: ProjectTool[], by: ToolsSearch['by']): ToolLine[] {
    if (by === 'name') {
        return [...tools].sort(byName).map(line);
    }
    const servers = new Map<string, ProjectTool[]>();
    for (const tool of tools) {
        servers.set(tool.server_name, [...(servers.get(tool.server_name) ?? []), tool]);
    }
    return [...servers].sort(([a], [b]) => a.localeCompare(b)).flatMap(([name, own]) =>
        [{ kind: 'server' as const, key: name, tools: own }, ...own.map(line)]);
}
