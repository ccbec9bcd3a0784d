// Project keys: what they open, how much, for how long, and that a revoked one opens nothing.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RawHttpSession, callRequest, request } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const keysPath = '/api/projects/default/api-keys';

let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { one: faulty([]), two: faulty([]) },
            // A refusal has a status although answers are streams.
            env: { MCP_ORCH_SESSIONS_STREAM_AFTER: '0ms' } });
});

after(() => orchestrator?.dispose());

const make = async (body) => {
    const made = await orchestrator.api(keysPath, { method: 'POST', body });
    assert.equal(made.status, 201, made.text);
    return made.json;
};
const change = (key, body) => orchestrator.api(`${keysPath}/${key.id}`, { method: 'PUT', body });

test('a key is shown once, and its answer says what it opens', async () => {
    const key = await make({ name: 'once', description: 'for ci', expires_at: '2099-01-01T00:00:00Z',
        scope: { servers: ['one'], tools: ['echo'], ip_ranges: ['127.0.0.0/8'] },
        limits: { calls_per_minute: 5 } });
    assert.match(key.api_key, /^mch_[A-Za-z0-9]{48}$/);
    const shown = await orchestrator.api(`${keysPath}/${key.id}`);
    assert.equal(shown.json.key_prefix, key.api_key.slice(0, 8));
    assert.equal(shown.json.key_suffix, key.api_key.slice(-4));
    assert.equal(shown.json.status, 'active');
    assert.deepEqual(shown.json.scope.tools, ['echo']);
    assert.deepEqual(shown.json.scope.ip_ranges, ['127.0.0.0/8']);
    assert.equal(shown.json.limits.calls_per_minute, 5);
    for (const text of [shown.text, (await orchestrator.api(keysPath)).text]) {
        assert.ok(!text.includes(key.api_key));
    }
    assert.equal((await orchestrator.api(keysPath, { method: 'POST', body: { name: 'once' } }))
        .status, 409);
});

test('bad keys are refused with everything that is wrong with them', async () => {
    const { status, json } = await orchestrator.api(keysPath, { method: 'POST', body: { name: '',
        expires_at: '2001-01-01T00:00:00Z', colour: 'red',
        scope: { servers: ['none'], ip_ranges: ['10.0.0.1/8'], client_types: ['browser'] },
        limits: { calls_per_day: -1 } } });
    assert.equal(status, 400);
    assert.deepEqual(json.errors.map(({ field }) => field), ['colour']);
    const rules = await orchestrator.api(keysPath, { method: 'POST', body: { name: '',
        expires_at: '2001-01-01T00:00:00Z',
        scope: { servers: ['none'], ip_ranges: ['10.0.0.1/8'], client_types: ['browser'] },
        limits: { calls_per_day: -1 } } });
    assert.deepEqual(rules.json.errors.map(({ field }) => field), ['name', 'expires_at',
        'scope.servers[0]', 'scope.ip_ranges[0]', 'scope.client_types[0]',
        'limits.calls_per_day']);
});

for (const entryPath of ['server_sse', 'unified_sse', 'server_http', 'unified_http']) {
    test(`V-10: what a key may not call is not listed either: ${entryPath}`, async () => {
        const key = await make({ name: `scope ${entryPath}`, scope: { servers: ['one'],
            tools: ['echo', 'environment'] } });
        const session = await connect(orchestrator, entryPath, { server: 'one', key: key.api_key });
        const prefix = entryPath.startsWith('unified') ? 'one__' : '';
        const listed = (await session.client.listTools()).tools.map(({ name }) => name);
        assert.deepEqual(listed.sort(), [`${prefix}echo`, `${prefix}environment`]);
        await session.client.callTool({ name: `${prefix}echo`, arguments: {} });
        await assert.rejects(session.client.callTool({ name: `${prefix}fail`, arguments: {} }),
            /Unknown tool/);
        // What is taken away is gone from the open session too.
        assert.equal((await change(key, { scope: { tools: ['echo'] } })).status, 200);
        await assert.rejects(
            session.client.callTool({ name: `${prefix}environment`, arguments: {} }),
            /Unknown tool/);
        await session.close();
    });
}

test('servers outside of the scope are not there', async () => {
    const { api_key: token } = await make({ name: 'one only', scope: { servers: ['one'] } });
    const status = async (path) => (await orchestrator.api(path, { token })).status;
    assert.equal(await status('/api/projects/default/servers/one'), 200);
    assert.equal(await status('/api/projects/default/servers/two'), 404);
    assert.deepEqual((await orchestrator.api('/api/projects/default/servers', { token })).json
        .map(({ name }) => name), ['one']);
    assert.equal(await status('/projects/default/servers/two/sse'), 404);
    assert.equal(await status('/api/tool-call-logs?project_id=default'), 404);
    const execute = (server) => orchestrator.api(
        `/api/projects/default/servers/${server}/tools/echo/execute`,
        { method: 'POST', token, body: { arguments: {} } });
    assert.equal((await execute('one')).status, 200);
    assert.equal((await execute('two')).status, 404);
});

test('a key for some tools asks the server for nothing that only it knows', async () => {
    const some = await make({ name: 'some', scope: { tools: ['echo'] } });
    const all = await make({ name: 'all' });
    const told = async ({ api_key }) => {
        const session = await RawHttpSession.open(orchestrator, 'one', api_key);
        return (await session.post(request(1, 'custom/anything', {}))).messages[0].error.message;
    };
    assert.equal(await told(some), 'Method not found: custom/anything');
    // The server's own words.
    assert.notEqual(await told(all), 'Method not found: custom/anything');
});

test('a key that may only list does not call, on any path, and the refusal is recorded',
    async () => {
        const key = await make({ name: 'lists', scope: { may_call: false } });
        const session = await RawHttpSession.open(orchestrator, 'one', key.api_key);
        const [answer] = (await session.post(callRequest(7, 'echo', {}))).messages;
        assert.match(answer.error.message, /may list, but not call/);
        for (const [method, params] of Object.entries({ 'resources/read': { uri: 'note://one' },
            'resources/subscribe': { uri: 'note://one' }, 'prompts/get': { name: 'one' } })) {
            const [{ error }] = (await session.post(request(8, method, params))).messages;
            assert.match(error.message, /may list, but not call/, method);
        }
        const executed = await orchestrator.api(
            '/api/projects/default/servers/one/tools/echo/execute',
            { method: 'POST', token: key.api_key, body: { arguments: {} } });
        assert.equal(executed.status, 403);
        const mine = async () => (await rows(orchestrator)).filter(
            ({ principal }) => principal === `key:${key.id}`);
        await eventually('the refusal being stored', async () => (await mine()).length > 0);
        // What was asked for is told, too.
        assert.deepEqual((await mine()).map(({ status, server_name, tool_name, input_data }) =>
            [status, server_name, tool_name, input_data.arguments]), [['error', 'one', 'echo', {}]]);
    });

test('calls over the limit are 429 and say when to come back', async () => {
    const key = await make({ name: 'few', limits: { calls_per_minute: 2 } });
    const session = await RawHttpSession.open(orchestrator, 'one', key.api_key);
    const post = () => session.send('POST', callRequest(1, 'echo', {}));
    assert.equal((await post()).status, 200);
    assert.equal((await post()).status, 200);
    const refused = await post();
    assert.equal(refused.status, 429);
    const streaming = await RawHttpSession.open(orchestrator, 'one', key.api_key, undefined,
        { version: '2025-11-25' });
    assert.equal((await streaming.send('POST', callRequest(1, 'echo', {}))).status, 429);
    const wait = Number(refused.headers.get('retry-after'));
    assert.ok(wait >= 1 && wait <= 60, `${wait}`);
    const executed = await orchestrator.api('/api/projects/default/servers/one/tools/echo/execute',
        { method: 'POST', token: key.api_key, body: { arguments: {} } });
    assert.equal(executed.status, 429);
});

test('a wrong address or a wrong kind of client is refused', async () => {
    const far = await make({ name: 'far', scope: { ip_ranges: ['10.0.0.0/8'] } });
    const { status, json } = await orchestrator.api('/api/projects/default/servers',
        { token: far.api_key });
    assert.equal(status, 403);
    assert.match(json.detail, /address/);
    const cursor = await make({ name: 'cursor', scope: { client_types: ['cursor'] } });
    await assert.rejects(connect(orchestrator, 'server_http', { server: 'one',
        key: cursor.api_key }), /not for clients of the type/);
});

test('a rotated key goes on for a while, the new one has the same scope', async () => {
    const old = await make({ name: 'rotating', scope: { servers: ['one'] } });
    const rotated = await orchestrator.api(`${keysPath}/${old.id}/rotate`,
        { method: 'POST', body: { overlap_seconds: 3600 } });
    assert.equal(rotated.status, 201, rotated.text);
    assert.equal(rotated.json.rotated_from, old.id);
    assert.deepEqual(rotated.json.scope, old.scope);
    for (const { api_key: token } of [old, rotated.json]) {
        assert.equal((await orchestrator.api('/api/projects/default/servers', { token })).status,
            200);
    }
    const ends = Date.parse((await orchestrator.api(`${keysPath}/${old.id}`)).json.expires_at);
    assert.ok(Math.abs(ends - Date.now() - 3_600_000) < 60_000);
    const at = await orchestrator.api(`${keysPath}/${rotated.json.id}/rotate`,
        { method: 'POST', body: { overlap_seconds: 0 } });
    assert.equal((await orchestrator.api('/api/projects/default/servers',
        { token: rotated.json.api_key })).status, 401);
    assert.equal(at.status, 201);
    // Each of the chain can still be held back.
    for (const each of [old, at.json]) {
        const held = await change(each, { is_quarantined: true });
        assert.equal(held.status, 200, held.text);
        assert.equal((await change(each, { is_quarantined: false })).status, 200);
    }
});

for (const [how, end] of [
    ['revoked', (key) => change(key, { is_active: false })],
    ['in quarantine', (key) => change(key, { is_quarantined: true })],
    ['deleted', (key) => orchestrator.api(`${keysPath}/${key.id}`, { method: 'DELETE' })],
]) {
    test(`the open streams of a key that is ${how} end, those of others go on`, async () => {
        const key = await make({ name: `ends ${how}` });
        const stays = await make({ name: `stays ${how}` });
        const open = async (token) => {
            const response = await fetch(new URL(urlPath('server_sse', 'one'), orchestrator.url),
                { headers: { authorization: `Bearer ${token}` } });
            assert.equal(response.status, 200);
            const reader = response.body.getReader();
            await reader.read();
            return reader;
        };
        const ending = await open(key.api_key);
        const staying = await open(stays.api_key);
        const ended = (async () => { while (!(await ending.read()).done); })();
        assert.ok((await end(key)).status < 300);
        await ended;
        assert.equal((await orchestrator.api('/api/projects/default/servers',
            { token: key.api_key })).status, 401);
        const sessionsOf = async ({ id }) =>
            (await orchestrator.api(`/api/projects/default/sessions?principal=key:${id}`))
                .json.sessions;
        await eventually('the end being stored',
            async () => (await sessionsOf(key)).some(({ is_active }) => !is_active));
        assert.deepEqual((await sessionsOf(stays)).map(({ is_active }) => is_active), [true]);
        await staying.cancel();
    });
}

test('when and where a key was used last is told, also after a restart', async () => {
    const key = await make({ name: 'used' });
    assert.equal(key.last_used_at, null);
    assert.equal((await orchestrator.api('/api/projects/default/servers',
        { token: key.api_key })).status, 200);
    const used = (await orchestrator.api(`${keysPath}/${key.id}`)).json;
    assert.equal(used.last_used_ip, '127.0.0.1');
    assert.ok(Date.now() - Date.parse(used.last_used_at) < 60_000);
    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace);
    const later = (await orchestrator.api(`${keysPath}/${key.id}`)).json;
    assert.equal(later.last_used_at, used.last_used_at);
});

test('the administrator finds and counts the keys of all projects', async () => {
    const { json } = await orchestrator.api('/api/admin/api-keys?search=ROTAT&per_page=1');
    assert.equal(json.total, 3);
    assert.equal(json.api_keys.length, 1);
    assert.equal(json.api_keys[0].project_name, 'default');
    const counts = (await orchestrator.api('/api/admin/api-keys/statistics/overview')).json;
    const all = (await orchestrator.api('/api/admin/api-keys?per_page=200')).json.api_keys;
    assert.equal(counts.total_keys, all.length);
    assert.equal(counts.active_keys, all.filter(({ status }) => status === 'active').length);
    assert.equal(counts.quarantined_keys, 1);
    assert.equal((await orchestrator.api('/api/admin/api-keys?is_active=maybe')).status, 400);
});
