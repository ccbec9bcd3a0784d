// What the conformance suite runs as a client under test: it makes the suite's server, whose URL is
// the last argument, a server of the running orchestrator, and uses it through that.
//   E2E_ADMIN_URL, E2E_ADMIN_TOKEN       the orchestrator
//   MCP_CONFORMANCE_SCENARIO             what the suite wants to see

import { randomUUID } from 'node:crypto';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

const upstream = process.argv.at(-1);
const scenario = process.env.MCP_CONFORMANCE_SCENARIO;
const { E2E_ADMIN_URL: base, E2E_ADMIN_TOKEN: token } = process.env;
const authorization = `Bearer ${token}`;
const name = `suite-${randomUUID().slice(0, 8)}`;

async function api(method, path, body) {
    const answer = await fetch(new URL(`/api/projects/default/servers${path}`, base), {
        method,
        headers: { authorization, 'content-type': 'application/json' },
        body: body === undefined ? undefined : JSON.stringify(body),
    });
    if (!answer.ok) {
        throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
}

/** What a client does in a scenario, after it is connected. */
const scenarios = {
    initialize: async () => {},
    tools_call: async (client) => {
        await client.listTools();
        await client.callTool({ name: 'add_numbers', arguments: { a: 5, b: 3 } });
    },
    'sse-retry': async (client) => {
        await client.listTools();
        await client.callTool({ name: 'test_reconnection', arguments: {} });
    },
    'elicitation-sep1034-client-defaults': async (client) => {
        const { tools } = await client.listTools();
        for (const tool of tools) {
            await client.callTool({ name: tool.name, arguments: {} });
        }
    },
};

/** As the SDK's client does with `applyDefaults`: what the user left alone has its default. */
const defaultsOf = ({ properties = {} }) => Object.fromEntries(Object.entries(properties)
    .filter(([, { default: value }]) => value !== undefined)
    .map(([property, { default: value }]) => [property, value]));

await api('POST', '', { name, url: upstream, process_policy: 'per-session' });
const client = new Client({ name: 'conformance-driver', version: '1.0.0' },
    { capabilities: { elicitation: { form: { applyDefaults: true } } } });
client.setRequestHandler(ElicitRequestSchema, ({ params }) =>
    ({ action: 'accept', content: defaultsOf(params.requestedSchema) }));
const transport = new StreamableHTTPClientTransport(
    new URL(`/projects/default/servers/${name}/mcp`, base),
    { requestInit: { headers: { authorization } } });
await client.connect(transport);
await client.listTools();
await scenarios[scenario]?.(client);
await transport.terminateSession();
await client.close();
await api('DELETE', `/${name}`);
