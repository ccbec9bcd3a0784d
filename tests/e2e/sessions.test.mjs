// Who is and who was connected: a row per client session, whose counters follow its calls and whose
// end is told however it comes.

import assert from 'node:assert/strict';
import { connect as connectSocket } from 'node:net';
import { after, before, test } from 'node:test';
import { connect, entryPaths, isUnified } from './support/client.mjs';
import { eventually, within } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const path = '/api/projects/default/sessions';

let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { faulty: faulty(), other: faulty() } });
    key = await orchestrator.createKey('sessions');
});

after(() => orchestrator?.dispose());

const named = async (name, filter) => (await log.sessions(orchestrator, filter))
    .filter(({ client_name: its }) => its === name);
const one = (name, holds) => eventually(`the session of ${name}`, async () => {
    const [found] = await named(name);
    return found !== undefined && holds(found) && found;
});
const show = async (id) => (await orchestrator.api(`${path}/${id}`)).json;

for (const entryPath of entryPaths) {
    test(`84-8: counters follow the calls of a live session: ${entryPath}`, async () => {
        const name = `counted ${entryPath}`;
        const session = await connect(orchestrator, entryPath,
            { server: 'faulty', key, name, userAgent: 'Cursor/1.0' });
        const first = await one(name, ({ total_calls: total }) => total === 0);
        assert.deepEqual([first.is_active, first.disconnected_at], [true, null]);
        for (let call = 1; call <= 3; ++call) {
            await session.call('echo', { nonce: String(call) });
        }
        await session.call('fail');
        await assert.rejects(session.call('refuse'));
        const live = await one(name, ({ total_calls: total }) => total === 5);
        assert.deepEqual([live.total_calls, live.successful_calls, live.failed_calls,
            live.is_active, live.disconnected_at], [5, 3, 2, true, null]);
        assert.ok(live.last_activity > live.connected_at);
        assert.deepEqual([live.entry_path, live.client_type, live.client_version, live.user_agent,
            live.ip_address, live.server_name],
        [entryPath, 'cursor', '1.0.0', 'Cursor/1.0', '127.0.0.1',
            isUnified(entryPath) ? null : 'faulty']);
        assert.match(live.principal, /^key:/);
        assert.equal(live.principal_name, 'sessions');
        assert.match(live.protocol_version, /^20\d\d-\d\d-\d\d$/);
        assert.deepEqual(await show(live.id), live);
        const { logs } = await log.page(orchestrator, { session_id: live.id });
        assert.equal(logs.length, 5);

        await session.close();
        const ended = await one(name, ({ is_active: active }) => !active);
        assert.equal(ended.id, live.id);
        assert.equal(ended.total_calls, 5);
        assert.ok(ended.disconnected_at >= ended.last_activity);
    });
}

test('84-6: a session whose socket is cut ends', async () => {
    const { hostname, port } = new URL(orchestrator.url);
    const socket = connectSocket(Number(port), hostname);
    socket.on('error', () => {});
    const opened = new Promise((resolve) => { socket.once('data', resolve); });
    socket.write('GET /projects/default/servers/other/sse HTTP/1.1\r\n'
        + `Host: ${hostname}:${port}\r\nAuthorization: Bearer ${key}\r\n`
        + 'Accept: text/event-stream\r\nUser-Agent: cut-off/1.0\r\n\r\n');
    await within('the stream', opened);
    const mine = async () => (await log.sessions(orchestrator, { server_id: 'other' }))
        .find(({ user_agent: agent }) => agent === 'cut-off/1.0');
    await eventually('the session being live', async () => (await mine())?.is_active);
    socket.resetAndDestroy();
    const ended = await eventually('its end', async () => {
        const row = await mine();
        return row.disconnected_at !== null && row;
    });
    assert.equal(ended.is_active, false);
    assert.equal(ended.total_calls, 0);
});

test('every filter finds its sessions', async () => {
    const stays = await connect(orchestrator, 'server_http', { server: 'other', key,
        name: 'stays', userAgent: 'Cline/3' });
    await one('stays', ({ client_type: type }) => type === 'cline');
    const all = await log.sessions(orchestrator);
    const wanted = async (filter, holds) => {
        const found = await log.sessions(orchestrator, filter);
        assert.ok(found.length > 0 && found.length < all.length, JSON.stringify(filter));
        assert.deepEqual(found.map(({ id }) => id), all.filter(holds).map(({ id }) => id),
            JSON.stringify(filter));
    };
    await wanted({ state: 'live' }, ({ is_active: active }) => active);
    await wanted({ state: 'ended' }, ({ is_active: active }) => !active);
    await wanted({ client_type: 'cline' }, ({ client_type: type }) => type === 'cline');
    await wanted({ server_id: 'other' }, ({ server_name: name }) => name === 'other');
    const { connected_at: from } = all[1];
    await wanted({ start_time: from }, ({ connected_at: at }) => at >= from);
    await wanted({ start_time: '2026-01-01T00:00:00Z', end_time: from },
        ({ connected_at: at }) => at < from);
    assert.deepEqual(await log.sessions(orchestrator, { principal: all[0].principal }), all);
    assert.deepEqual(await log.sessions(orchestrator, { principal: 'key:nobody' }), []);
    assert.deepEqual(await log.sessions(orchestrator, { time_range: '1h' }), all);
    await stays.close();
});

test('pages show each session once while clients come', async () => {
    const before = (await log.sessions(orchestrator)).map(({ id }) => id);
    assert.ok(before.length >= 6, `${before.length}`);
    const walked = [];
    const came = [];
    let cursor = null;
    do {
        const query = new URLSearchParams({ limit: 2, ...(cursor === null ? {} : { cursor }) });
        const { json } = await orchestrator.api(`${path}?${query}`);
        walked.push(...json.sessions.map(({ id }) => id));
        cursor = json.next_cursor;
        if (came.length < 2) {
            came.push(await connect(orchestrator, 'server_http',
                { server: 'other', key, name: 'came' }));
        }
    } while (cursor !== null);
    assert.deepEqual(walked, before);
    await eventually('those who came', async () => (await named('came')).length === 2);
    await Promise.all(came.map((session) => session.close()));
});

test('whatever is wrong with a query is told by its name', async () => {
    const { json: { next_cursor: cursor } } = await orchestrator.api(`${path}?limit=1`);
    for (const [query, fields] of [
        ['state=open', ['state']],
        ['state=open&client_type=browser&limit=501', ['state', 'client_type', 'limit']],
        ['server_id=nobody', ['server_id']],
        ['time_range=1w', ['time_range']],
        ['end_time=soon', ['end_time']],
        ['start_time=2026-02-01T00:00:00Z&end_time=2026-01-01T00:00:00Z', ['start_time']],
        [`principal=${'x'.repeat(1_001)}`, ['principal']],
        ['cursor=x', ['cursor']],
        [`cursor=${cursor}&state=live`, ['cursor']],
        [`cursor=${cursor}&limit=7`, []],
    ]) {
        const { status, json, text } = await orchestrator.api(`${path}?${query}`);
        assert.equal(status, fields.length === 0 ? 200 : 400, `${query}: ${text}`);
        assert.deepEqual((json.errors ?? []).map(({ field }) => field), fields, query);
    }
});

test('sessions of a foreign project are as unknown as those of none', async () => {
    await orchestrator.api('/api/projects', { method: 'POST', body: { name: 'away' } });
    const { json: foreign } = await orchestrator.api('/api/projects/away/api-keys',
        { method: 'POST', body: { name: 'foreign' } });
    const [{ id }] = await log.sessions(orchestrator);
    assert.equal((await orchestrator.api(path, { token: foreign.api_key })).status, 404);
    for (const target of [`${path}/${id}`, `/api/projects/away/sessions/${id}`,
        `/api/projects/away/sessions/nonsense`]) {
        assert.equal((await orchestrator.api(target, { token: foreign.api_key })).status, 404);
    }
    const { json } = await orchestrator.api('/api/projects/away/sessions',
        { token: foreign.api_key });
    assert.deepEqual(json, { sessions: [], next_cursor: null });
});

test('the command line shows who is connected', async () => {
    const session = await connect(orchestrator, 'unified_http', { server: 'faulty', key,
        name: 'shown', userAgent: 'Cline/3' });
    await session.call('echo', {});
    await one('shown', ({ total_calls: total }) => total === 1);
    const { code, stdout, stderr } = await orchestrator.cli(
        ['sessions', '--project', 'default', '--state', 'live', '--client-type', 'cline']);
    assert.equal(code, 0, stderr);
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    assert.match(heading, /^CONNECTED\s+CLIENT\s+NAME\s+SERVER\s+PRINCIPAL\s+LIVE\s+CALLS\s+FAILED/);
    assert.equal(rows.length, 1);
    assert.match(rows[0], /cline\s+shown\s+-\s+key:\S+\s+true\s+1\s+0\s/);
    await session.close();
});

test('sessions of an orchestrator that was killed have ended when the next one is ready',
    async () => {
        const session = await connect(orchestrator, 'server_sse', { server: 'faulty', key,
            name: 'orphan' });
        await session.call('echo', {});
        const live = await one('orphan', ({ total_calls: total }) => total === 1);
        await orchestrator.kill();
        await session.client.close().catch(() => {});
        orchestrator = await Orchestrator.start(workspace);
        // Nobody connected since, so nothing but the start itself can have ended it.
        assert.deepEqual(await log.sessions(orchestrator, { state: 'live' }), []);
        const ended = await show(live.id);
        assert.deepEqual(ended, { ...live, is_active: false,
            disconnected_at: live.last_activity });
    });

test('an orchestrator that stops ends its sessions itself', async () => {
    const session = await connect(orchestrator, 'server_http', { server: 'faulty', key,
        name: 'stopped' });
    const live = await one('stopped', ({ is_active: active }) => active);
    await orchestrator.stop();
    await session.client.close().catch(() => {});
    orchestrator = await Orchestrator.start(workspace);
    const ended = await show(live.id);
    assert.equal(ended.is_active, false);
    assert.ok(ended.disconnected_at > live.connected_at);
});
