// One way to ask anything, whichever client library or transport carries it.

import * as v2 from '@modelcontextprotocol/client';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { guardMs, within } from './deadline.mjs';
import { binary } from './orchestrator.mjs';

const info = { name: 'e2e', version: '1.0.0' };
const options = { timeout: 2 * guardMs };

/** Takes any result as it came. */
const asItCame = { '~standard': { version: 1, vendor: 'e2e', validate: (value) => ({ value }) } };

/** A connected client. `ask` answers {result} or {error}, comparable with deepEqual. */
export class Asker {
    constructor(client, transport, schema) {
        this.client = client;
        this.transport = transport;
        this.schema = schema;
    }

    async ask({ method, params }) {
        try {
            return { result: await this.client.request({ method, params }, this.schema, options) };
        } catch ({ code, message, data }) {
            const prefix = this.schema === ResultSchema ? `MCP error ${code}: ` : '';
            return { error: { code, message: message.slice(prefix.length), data } };
        }
    }

    async close() {
        await this.transport.terminateSession?.();
        await this.client.close();
    }
}

async function connected(client, transport, schema) {
    await within('connecting', client.connect(transport), 2 * guardMs);
    return new Asker(client, transport, schema);
}

const authorized = (key) => ({ requestInit: { headers: { authorization: `Bearer ${key}` } } });

/** What a list holds, by its method. */
const listed = { 'tools/list': 'tools', 'prompts/list': 'prompts', 'resources/list': 'resources',
    'resources/templates/list': 'resourceTemplates' };

/** One server of several behind the unified endpoint, with what that rewrites undone: names of
 * tools and prompts have the server's before them, and lists hold those of all. `owns` tells
 * which URIs are the server's. */
class AmongOthers extends Asker {
    #prefix;
    #owns;

    static async connect(client, transport, server, owns) {
        await connected(client, transport, ResultSchema);
        const asker = new AmongOthers(client, transport, ResultSchema);
        asker.#prefix = `${server}__`;
        asker.#owns = owns;
        return asker;
    }

    async ask({ method, params }) {
        return listed[method] === undefined ? super.ask({ method, params: this.#renamed(params) })
            : this.#list(method, listed[method]);
    }

    #renamed({ name, ref, ...rest }) {
        return {
            ...(name === undefined ? {} : { name: this.#prefix + name }),
            ...(ref === undefined ? {} : { ref: ref.name === undefined ? ref
                : { ...ref, name: this.#prefix + ref.name } }),
            ...rest,
        };
    }

    /** All pages as one, and of that the server's part. */
    async #list(method, member) {
        const all = [];
        let cursor;
        do {
            const { result, error } = await super.ask(
                { method, params: cursor === undefined ? {} : { cursor } });
            if (error !== undefined) {
                return { error };
            }
            all.push(...result[member]);
            cursor = result.nextCursor;
        } while (cursor !== undefined);
        const own = all.flatMap(({ name, ...rest }) => {
            const uri = rest.uri ?? rest.uriTemplate;
            if (uri !== undefined) {
                return this.#owns(uri) ? [{ name, ...rest }] : [];
            }
            return name.startsWith(this.#prefix)
                ? [{ name: name.slice(this.#prefix.length), ...rest }] : [];
        });
        return { result: { [member]: own } };
    }
}

const schemes = { everything: 'demo:', memory: 'memory:' };

/** Straight to the process of a server. */
export const directly = ({ command, args, env }) => connected(new Client(info),
    new StdioClientTransport({ command, args, stderr: 'ignore',
        env: { PATH: process.env.PATH, ...env } }), ResultSchema);

/** Ways through an orchestrator to one of its servers: name → (orchestrator, server, key). */
export const ways = {
    'SDK 1.x over SSE': ({ url }, server, key) => connected(new Client(info),
        new SSEClientTransport(new URL(`/projects/default/servers/${server}/sse`, url),
            authorized(key)), ResultSchema),
    'SDK 1.x over Streamable HTTP': ({ url }, server, key) => connected(new Client(info),
        new StreamableHTTPClientTransport(new URL(`/projects/default/servers/${server}/mcp`, url),
            authorized(key)), ResultSchema),
    'client 2.x over Streamable HTTP': ({ url }, server, key) => connected(new v2.Client(info),
        new v2.StreamableHTTPClientTransport(
            new URL(`/projects/default/servers/${server}/mcp`, url), authorized(key)), asItCame),
    'SDK 1.x and the unified endpoint': ({ url }, server, key) => AmongOthers.connect(
        new Client(info), new StreamableHTTPClientTransport(
            new URL('/projects/default/unified/mcp', url), authorized(key)), server,
        (uri) => uri.startsWith(schemes[server])),
    'mcp-orch connect': ({ dataDir }, server) => connected(new Client(info),
        bridge(['--project', 'default', '--server', server, '--data-dir', dataDir]), ResultSchema),
};

/** The transport that starts `mcp-orch connect`. */
export const bridge = (args, { env = {}, stderr = 'ignore' } = {}) => new StdioClientTransport({
    command: binary, args: ['connect', ...args], stderr, env: { PATH: process.env.PATH, ...env },
});
