import type { ProjectTool } from '@/api/types';
import { named } from '@/parts/search_words';
import type { ToolsSearch } from './tools_search';

/** A line of the list: a server in front of its tools, or a tool. */
export type ToolLine =
    | { kind: 'server'; key: string; first: ProjectTool; tools: ProjectTool[] }
    | { kind: 'tool'; key: string; tool: ProjectTool };

export const placeOf = ({ server_name, name }: ProjectTool): string => `${server_name}/${name}`;

export const found = (tools: ProjectTool[], { search = '', server }: ToolsSearch): ProjectTool[] =>
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
    const servers = Map.groupBy(tools, ({ server_name }) => server_name);
    return [...servers].sort(([a], [b]) => a.localeCompare(b)).flatMap(([name, own]) => {
        const [first] = own;
        return first === undefined ? []
            : [{ kind: 'server' as const, key: name, first, tools: own }, ...own.map(line)];
    });
}
