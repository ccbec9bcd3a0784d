export const clients = ['cursor', 'cline', 'vscode', 'claude-code', 'claude-desktop', 'generic'] as const;
export type Client = typeof clients[number];
export type Transport = 'http' | 'sse';

export interface Target {
    origin: string;
    project: string;
    /** Nothing means all servers together. */
    server: string | undefined;
    transport: Transport;
}

export const keyPlace = '<key>';

export function endpoint({ origin, project, server, transport }: Target): string {
    const path = server === undefined ? 'unified' : `servers/${encodeURIComponent(server)}`;
    return `${origin}/projects/${encodeURIComponent(project)}/${path}/${transport === 'http' ? 'mcp' : 'sse'}`;
}

const headers = { Authorization: `Bearer ${keyPlace}` };
const json = (value: unknown): string => JSON.stringify(value, null, 2);

function desktop(target: Target, name: string): string {
    const args = ['connect', '--url', target.origin, '--project', target.project,
        ...(target.server === undefined ? [] : ['--server', target.server])];
    return json({ mcpServers: { [name]: { command: 'mcp-orch', args, env: { MCP_ORCH_KEY: keyPlace } } } });
}

/** What to paste into a client. */
export function clientConfig(client: Client, target: Target): string {
    const url = endpoint(target);
    const name = target.server ?? target.project;
    const { transport } = target;
    switch (client) {
        case 'cursor':
            return json({ mcpServers: { [name]: { url, headers } } });
        case 'cline':
            return json({ mcpServers: { [name]: { type: transport === 'http' ? 'streamableHttp' : 'sse', url, headers } } });
        case 'vscode':
            return json({ servers: { [name]: { type: transport, url, headers } } });
        case 'claude-code':
            return `claude mcp add --transport ${transport} ${name} \\\n    ${url} \\\n    --header "Authorization: Bearer ${keyPlace}"`;
        case 'claude-desktop':
            return desktop(target, name);
        case 'generic':
            return json({ mcpServers: { [name]: { type: transport === 'http' ? 'streamable-http' : 'sse', url, headers } } });
    }
}
