// What a key has opened ends with it, on every kind of stream; and how much it may call.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, urlPath } from './support/client.mjs';
import { eventually, guardMs, within } from './support/deadline.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RawHttpSession, callRequest } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const keysPath = '/api/projects/default/api-keys';

let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { one: faulty([]) } });
});

after(() => orchestrator?.dispose());

const make = async (body) => {
    const made = await orchestrator.api(keysPath, { method: 'POST', body });
    assert.equal(made.status, 201, made.text);
    return made.json;
};

async function endOf(reader) {
    while (!(await reader.read()).done);
}

/** Opens a stream of each kind; promises of their ends. */
async function openStreams(token) {
    const opened = async (path, headers = {}) => {
        const response = await fetch(new URL(path, orchestrator.url), { headers: {
            authorization: `Bearer ${token}`, accept: 'text/event-stream', ...headers } });
        assert.equal(response.status, 200, path);
        assert.equal(response.headers.get('connection'), 'close');
        const reader = response.body.getReader();
        return reader;
    };
    const session = await RawHttpSession.open(orchestrator, 'one', token);
    const readers = [await opened(urlPath('server_sse', 'one')),
        await opened(urlPath('unified_sse')), await opened(urlPath('server_http', 'one'),
            { 'mcp-session-id': session.sessionId })];
    return { ends: readers.map(endOf), session };
}

test('streams of every kind end when their key is revoked', async () => {
    const key = await make({ name: 'revoked' });
    const { ends, session } = await openStreams(key.api_key);
    assert.equal((await orchestrator.api(`${keysPath}/${key.id}`,
        { method: 'PUT', body: { is_active: false } })).status, 200);
    await within('the ends of all streams', Promise.all(ends), guardMs);
    assert.equal((await session.send('POST', callRequest(1, 'echo', {}))).status, 401);
});

test('streams of every kind end when the time of their key is over', async () => {
    const key = await make({ name: 'short',
        expires_at: new Date(Date.now() + 2_000).toISOString() });
    const { ends, session } = await openStreams(key.api_key);
    await within('the ends of all streams', Promise.all(ends), 2 * guardMs);
    assert.ok(Date.now() >= Date.parse(key.expires_at));
    assert.equal((await session.send('POST', callRequest(1, 'echo', {}))).status, 401);
});

test('a session on the unified endpoint ends when that is switched off', async () => {
    const key = await make({ name: 'unified' });
    const response = await fetch(new URL(urlPath('unified_sse'), orchestrator.url),
        { headers: { authorization: `Bearer ${key.api_key}`, accept: 'text/event-stream' } });
    const reader = response.body.getReader();
    const ended = endOf(reader);
    const turn = (unified_mcp_enabled) => orchestrator.api('/api/projects/default/security',
        { method: 'PUT', body: { unified_mcp_enabled } });
    assert.equal((await turn(false)).status, 200);
    await within('the end of the stream', ended, guardMs);
    assert.equal((await turn(true)).status, 200);
});

test('calls of a day and calls at once have their limits, and places come back', async () => {
    const daily = await make({ name: 'daily', limits: { calls_per_day: 1 } });
    const once = await RawHttpSession.open(orchestrator, 'one', daily.api_key);
    assert.equal((await once.send('POST', callRequest(1, 'echo', {}))).status, 200);
    const refused = await once.send('POST', callRequest(2, 'echo', {}));
    assert.equal(refused.status, 429);
    assert.ok(Number(refused.headers.get('retry-after')) > 3_600);

    const narrow = await make({ name: 'narrow', limits: { calls_at_once: 1 } });
    const session = await RawHttpSession.open(orchestrator, 'one', narrow.api_key);
    const send = async (...call) => (await session.send('POST', callRequest(...call))).status;
    /** A slow call that has the one place, as a refused one beside it shows. */
    const place = await eventually('a call that finds no place', async () => {
        let over = false;
        const slow = send(1, 'slow', { ms: 1_500 }).finally(() => { over = true; });
        while (!over) {
            if (await send(2, 'echo', {}) === 429) {
                return { slow };
            }
        }
        // The other one had it when this came.
        return undefined;
    });
    assert.equal(await place.slow, 200);
    assert.equal(await send(3, 'echo', {}), 200);
});

test('a key for one kind of client opens no call for another, on any path', async () => {
    const key = await make({ name: 'cursor only', scope: { client_types: ['cursor'] } });
    const cursor = await connect(orchestrator, 'server_http',
        { server: 'one', key: key.api_key, name: 'cursor' });
    await cursor.call('echo', { text: 'x' });
    await cursor.close();
    const execute = (agent) => orchestrator.api(
        '/api/projects/default/servers/one/tools/echo/execute',
        { method: 'POST', token: key.api_key, body: { arguments: {} },
            headers: { 'user-agent': agent } });
    assert.equal((await execute('Cursor/1.0')).json.success, true);
    const refused = await execute('curl/8');
    assert.equal(refused.json.success, false);
    assert.match(refused.json.error, /not for clients of the type unknown/);
    const statuses = async () => (await rows(orchestrator)).filter(
        ({ principal }) => principal === `key:${key.id}`).map(({ status }) => status).sort();
    await eventually('all three calls being stored', async () => (await statuses()).length === 3);
    assert.deepEqual(await statuses(), ['error', 'success', 'success']);
});

test('a detail shows a key the tools that it may call, and people all of them', async () => {
    const key = await make({ name: 'one tool', scope: { tools: ['echo'] } });
    const names = async (token) => (await orchestrator.api('/api/projects/default/servers/one',
        { token })).json.tools.map(({ name }) => name);
    assert.deepEqual(await names(key.api_key), ['echo']);
    assert.ok((await names(orchestrator.adminToken)).length > 1);
});
