// Real MCP clients, one way to connect for each entry path.

import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { guardMs, within } from './deadline.mjs';

/** The four ways in for MCP clients, by the names that log rows carry. */
export const entryPaths = ['server_sse', 'server_http', 'unified_sse', 'unified_http'];

export const isUnified = (entryPath) => entryPath.startsWith('unified');

/** The URL path of an entry path; `server` is ignored where it does not matter. */
export function urlPath(entryPath, server, project = 'default') {
    const base = isUnified(entryPath) ? `/projects/${project}/unified`
        : `/projects/${project}/servers/${server}`;
    return `${base}/${entryPath.endsWith('sse') ? 'sse' : 'mcp'}`;
}

/** A connected client. Tool names are bare; the unified prefix is added where the path needs it. */
export class Session {
    errors = [];
    listChanges = 0;

    constructor(client, { entryPath, server, transport }) {
        this.client = client;
        this.entryPath = entryPath;
        this.server = server;
        this.transport = transport;
        client.onerror = (error) => this.errors.push(error);
        client.setNotificationHandler(ToolListChangedNotificationSchema,
            () => { this.listChanges += 1; });
    }

    toolName(tool) {
        return isUnified(this.entryPath) ? `${this.server}__${tool}` : tool;
    }

    call(tool, args = {}, options = {}) {
        return this.client.callTool({ name: this.toolName(tool), arguments: args }, undefined,
            { timeout: 2 * guardMs, ...options });
    }

    /** The first text of a call's result. */
    async text(tool, args, options) {
        return (await this.call(tool, args, options)).content[0].text;
    }

    async json(tool, args, options) {
        return JSON.parse(await this.text(tool, args, options));
    }

    /** All tools, over all pages. */
    async tools() {
        const tools = [];
        let cursor;
        do {
            const page = await this.client.listTools(cursor === undefined ? {} : { cursor });
            tools.push(...page.tools);
            cursor = page.nextCursor;
        } while (cursor !== undefined);
        return tools;
    }

    /** Ends the session the way its transport does it. */
    async close() {
        if (this.transport instanceof StreamableHTTPClientTransport) {
            await this.transport.terminateSession().catch(() => {});
        }
        await this.client.close();
    }
}

/** A fetch that tells when the first GET (the stream of server messages) was answered. */
function observedFetch() {
    let answered;
    const streamAnswered = new Promise((resolve) => { answered = resolve; });
    const observed = async (url, init) => {
        const response = await fetch(url, init);
        if ((init?.method ?? 'GET') === 'GET') {
            answered(response.status);
        }
        return response;
    };
    return { observed, streamAnswered };
}

/**
 * Connects over `entryPath` and returns when messages can flow in both directions. `prepare` gets
 * the client before that, to handle what servers ask of it.
 */
export async function connect(orchestrator, entryPath, { server, key, url, name = 'e2e',
    version = '1.0.0', userAgent = 'e2e-suite/1.0', headers = {}, capabilities = {}, prepare = () => {} }) {
    const target = new URL(url ?? urlPath(entryPath, server), orchestrator.url);
    const { observed, streamAnswered } = observedFetch();
    const options = {
        requestInit: { headers: { authorization: `Bearer ${key}`, 'user-agent': userAgent,
            ...headers } },
        fetch: observed,
    };
    const transport = entryPath.endsWith('sse') ? new SSEClientTransport(target, options)
        : new StreamableHTTPClientTransport(target, options);
    const client = new Client({ name, version }, { capabilities });
    prepare(client);
    const session = new Session(client, { entryPath, server, transport });
    orchestrator.workspace.closers.push(() => client.close());
    await within(`connecting over ${entryPath}`, client.connect(transport), 2 * guardMs);
    await within(`the stream of ${entryPath}`, streamAnswered);
    return session;
}

/** Connects to a server process without an orchestrator between: the reference for comparisons. */
export async function connectDirectly({ command, args, env }) {
    const transport = new StdioClientTransport({ command, args, stderr: 'ignore',
        env: { PATH: process.env.PATH, ...env } });
    const client = new Client({ name: 'e2e', version: '1.0.0' });
    const session = new Session(client, { entryPath: 'direct', transport });
    await within(`connecting to ${args.join(' ')}`, client.connect(transport));
    return session;
}
