// What servers ask of clients reaches the right one, and nobody else.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema }
    from '@modelcontextprotocol/sdk/types.js';
import { connect, entryPaths } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { asking } from './support/server_definitions.mjs';

const workspace = new Workspace();
const project = '/api/projects/default/servers';
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { own: asking(), shared: asking(), auto: asking() } });
    key = await orchestrator.createKey('asked');
    for (const [name, policy] of [['own', 'per-session'], ['shared', 'shared']]) {
        const { status, text } = await orchestrator.api(`${project}/${name}`,
            { method: 'PUT', body: { process_policy: policy } });
        assert.equal(status, 200, text);
    }
});

after(() => orchestrator?.dispose());

const everything = { sampling: {}, elicitation: {}, roots: { listChanged: true } };

/** A client that answers with its own name. */
const open = (entryPath, server, name, capabilities = everything) =>
    connect(orchestrator, entryPath, { server, key, name, capabilities, prepare: (client) => {
        if (capabilities.sampling) {
            client.setRequestHandler(CreateMessageRequestSchema, ({ params }) => ({ role: 'assistant',
                model: name, content: { type: 'text',
                    text: `${name} heard ${params.messages[0].content.text}` } }));
        }
        if (capabilities.elicitation) {
            client.setRequestHandler(ElicitRequestSchema, ({ params }) => (
                { action: 'accept', content: { name: `${name}, ${params.message}` } }));
        }
        if (capabilities.roots) {
            client.setRequestHandler(ListRootsRequestSchema,
                () => ({ roots: [{ uri: `file:///${name}` }] }));
        }
    } });

for (const entryPath of entryPaths) {
    describe(entryPath, () => {
        test('U3: each of ten clients is asked for its own call', async () => {
            const names = Array.from({ length: 10 }, (_, i) => `c${i}`);
            const sessions = await Promise.all(names.map((name) => open(entryPath, 'own', name)));
            await Promise.all(sessions.map(async (session, i) => {
                const sampled = await session.json('sample', { prompt: names[i] });
                assert.equal(sampled.content.text, `${names[i]} heard ${names[i]}`);
                const elicited = await session.json('elicit', { message: names[i] });
                assert.equal(elicited.content.name, `${names[i]}, ${names[i]}`);
                assert.deepEqual(await session.json('roots'),
                    { roots: [{ uri: `file:///${names[i]}` }] });
                assert.deepEqual((await session.json('who')).capabilities, everything);
            }));
            const pids = await Promise.all(sessions.map(async (session) =>
                (await session.json('who')).pid));
            assert.equal(new Set(pids).size, 10);
            await Promise.all(sessions.map((session) => session.close()));
            await eventually('their processes being gone', () => {
                const alive = new Set(workspace.serverProcesses.map(({ pid }) => pid));
                return pids.every((pid) => !alive.has(pid));
            });
        });

        test('other roots are told to the server of that client', async () => {
            const session = await open(entryPath, 'own', 'mover');
            await session.call('who');
            await session.client.sendRootsListChanged();
            await eventually('the server hearing of it', async () =>
                (await session.json('who')).heard.includes('roots changed'));
            await session.close();
        });

        test('C13: a client that cannot be asked is not', async () => {
            const session = await open(entryPath, 'own', 'mute', {});
            assert.deepEqual((await session.json('who')).capabilities, {});
            await assert.rejects(session.call('sample', { prompt: 'x' }),
                (error) => error.code === -32601);
            await session.close();
        });

        test('a shared process asks nobody', async () => {
            const session = await open(entryPath, 'shared', 'able');
            await assert.rejects(session.call('elicit', { message: 'x' }),
                (error) => error.code === -32601);
            await session.close();
        });

        test('C5: a client that is gone is answered for', async () => {
            let asked;
            const arrived = new Promise((resolve) => { asked = resolve; });
            const session = await connect(orchestrator, entryPath, { server: 'own', key,
                name: 'leaver', capabilities: everything, prepare: (client) => {
                    client.setRequestHandler(ElicitRequestSchema, () => {
                        asked();
                        return new Promise(() => {});
                    });
                } });
            const message = `stay ${entryPath}`;
            const call = session.call('elicit', { message });
            call.catch(() => {});
            await arrived;
            const { pid } = await session.json('who');
            await session.close();
            await eventually('its process being gone', () =>
                !workspace.serverProcesses.some((process) => process.pid === pid));
            await eventually('the server having been answered', async () => {
                const { json } = await orchestrator.api(`${project}/own/logs`);
                return json.logs.some((line) => line.message === `${message}: cancel`);
            });
        });
    });
}

test('U3: a server that asks is given one process per client from then on', async () => {
    const before = await open('server_http', 'auto', 'early');
    await assert.rejects(before.call('roots'), (error) => error.code === -32601);
    const after = await open('server_http', 'auto', 'late');
    assert.deepEqual(await after.json('roots'), { roots: [{ uri: 'file:///late' }] });
    const plain = await open('server_http', 'auto', 'plain', {});
    const { pid } = await plain.json('who');
    assert.notEqual(pid, (await after.json('who')).pid);
});
