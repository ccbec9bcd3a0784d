// An MCP server that asks its client: samplings, elicitations, roots. It has prompts, resources, a
// template, completions, log messages and subscriptions as well. With --curious it asks for the roots
// of a client that has some as soon as it may.

import { existsSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { ask, notify, RpcError, serve } from './stdio_peer.mjs';

const text = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });

let hello;
let hellos = 0;
const heard = [];
const watched = {};
const prompts = [{ name: 'greet', arguments: [{ name: 'who', required: true }] }];

const tools = {
    who: () => text({ pid: process.pid, capabilities: hello.capabilities, heard, watched,
        hellos }),
    sample: async ({ prompt }) => text(await ask('sampling/createMessage', {
        messages: [{ role: 'user', content: { type: 'text', text: prompt } }], maxTokens: 10 })),
    elicit: async ({ message }) => {
        const answer = await ask('elicitation/create', { message,
            requestedSchema: { type: 'object', properties: { name: { type: 'string' } } } });
        console.error(`${message}: ${answer.action}`);
        return text(answer);
    },
    wait_for_file: async ({ path }) => {
        while (!existsSync(path)) {
            await delay(20);
        }
        return text({ pid: process.pid });
    },
    roots: async () => text(await ask('roots/list')),
    log: async ({ level, data }) => {
        await notify('notifications/message', { level, data });
        return text('logged');
    },
    touch: async ({ uri }) => {
        await notify('notifications/resources/updated', { uri });
        return text('touched');
    },
    add_prompt: async ({ name }) => {
        prompts.push({ name });
        await notify('notifications/prompts/list_changed');
        return text('added');
    },
};

const note = (uri) => ({ uri, mimeType: 'text/plain', text: `note ${uri}, pid ${process.pid}` });
const count = (uri, by) => { watched[uri] = (watched[uri] ?? 0) + by; return {}; };

serve({
    requests: {
        initialize: (params) => {
            hello = params;
            hellos += 1;
            return {
                protocolVersion: params.protocolVersion,
                capabilities: { tools: {}, prompts: { listChanged: true }, logging: {},
                    resources: { subscribe: true }, completions: {} },
                serverInfo: { name: 'asking', version: '1' },
                instructions: 'Ask before you act.',
            };
        },
        'tools/list': () => ({ tools: Object.keys(tools).map((name) => ({
            name, description: name, inputSchema: { type: 'object' } })) }),
        'tools/call': ({ name, arguments: given = {} }) => tools[name](given),
        'prompts/list': () => ({ prompts }),
        'prompts/get': ({ name, arguments: given }) => ({ messages: [{ role: 'user',
            content: { type: 'text', text: `${name}: ${given?.who}` } }] }),
        'resources/list': () => ({ resources: [{ uri: 'note://one', name: 'one' }] }),
        'resources/templates/list': () => ({ resourceTemplates: [
            { uriTemplate: 'note://by-id/{id}', name: 'by id' }] }),
        'resources/read': ({ uri }) => {
            if (!uri.startsWith('note://')) {
                throw new RpcError(-32002, 'Resource not found');
            }
            return { contents: [note(uri)] };
        },
        'resources/subscribe': ({ uri }) => count(uri, 1),
        'resources/unsubscribe': ({ uri }) => count(uri, -1),
        'completion/complete': ({ ref, argument }) => ({ completion: {
            values: [`${ref.name ?? ref.uri}:${argument.value}`], hasMore: false } }),
        'logging/setLevel': ({ level }) => { heard.push(`level ${level}`); return {}; },
    },
    notifications: {
        'notifications/initialized': () => {
            if (process.argv.includes('--curious') && hello.capabilities.roots) {
                ask('roots/list').catch(() => {});
            }
        },
        'notifications/roots/list_changed': () => heard.push('roots changed'),
        'notifications/cancelled': ({ requestId }) => heard.push(`cancelled ${requestId}`),
    },
});
