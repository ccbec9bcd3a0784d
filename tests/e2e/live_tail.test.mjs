// The live tail of the call log: rows come as they are stored, each once, to those who may see them.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect, entryPaths } from './support/client.mjs';
import { query } from './support/database.mjs';
import { eventually, guardMs } from './support/deadline.mjs';
import { Events } from './support/events.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const opened = [];
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { faulty: faulty(), other: faulty() } });
    key = await orchestrator.createKey('tail');
});

after(async () => {
    opened.forEach((events) => events.close());
    await orchestrator?.dispose();
});

const address = (parameters) =>
    `/api/tool-call-logs/stream?${new URLSearchParams({ project_id: 'default', ...parameters })}`;

async function watch(parameters = {}, headers = { authorization: `Bearer ${key}` }) {
    const events = await Events.open(orchestrator, address(parameters), headers);
    opened.push(events);
    return events;
}

/** Rows of a list that an administrator asked for, as a key sees them: without names. */
const asKeysSee = (rows) => rows.map((row) => ({ ...row, principal_name: null }));

const withServer = (path, server = 'faulty') => connect(orchestrator, path, { server, key });

/** Calls whose rows are searched for by their nonces; gives those. */
async function callMany(session, count) {
    const nonces = Array.from({ length: count }, () => randomUUID());
    await Promise.all(nonces.map((nonce) => session.call('echo', { nonce })));
    return nonces;
}

test('every call comes as the row that the log holds, whatever path it took', async () => {
    const events = await watch();
    const administrator = await watch({}, { authorization: `Bearer ${orchestrator.adminToken}` });
    for (const path of entryPaths) {
        const session = await withServer(path);
        await callMany(session, 1);
        await session.close();
    }
    const shown = await events.first('call', entryPaths.length);
    const stored = (await log.rows(orchestrator)).reverse();
    assert.deepEqual(shown, asKeysSee(stored.slice(-entryPaths.length)));
    assert.deepEqual(await administrator.first('call', entryPaths.length),
        stored.slice(-entryPaths.length));
    administrator.close();
    assert.deepEqual(events.all.slice(1).map(({ id }) => id), shown.map(({ id }) => id));
    events.close();
});

test('a tail with filters shows what a list with the same filters shows', async () => {
    const session = await withServer('server_http');
    const elsewhere = await withServer('server_http', 'other');
    await log.settled(orchestrator, session);
    const [{ session_id: id }] = (await log.page(orchestrator, { page_size: 1 })).logs;
    const filters = [{ status: 'error' }, { tool_name: 'ECH' }, { server_id: 'other' },
        { session_id: id }, { search_text: 'NEEDLE' }, { error_code: 'TOOL_ERROR' },
        { max_duration_ms: '0' }, { client_type: 'cursor' }, { principal: 'local-admin' }, {}];
    const tails = [];
    for (const filter of filters) {
        const { live_from: since } = await log.page(orchestrator, filter);
        tails.push({ filter, since, events: await watch({ ...filter, since }) });
    }
    await session.call('echo', { text: 'a Needle' });
    await elsewhere.call('echo', { text: 'hay' });
    await session.call('fail', { message: 'needle' }).catch(() => {});
    await log.settled(orchestrator, session);
    const all = tails.at(-1);
    const total = (await log.rows(orchestrator, {}))
        .filter((row) => row.id > all.since).length;
    await all.events.first('call', total);
    for (const { filter, since, events } of tails) {
        const listed = (await log.rows(orchestrator, filter))
            .filter((row) => row.id > since).reverse();
        await events.first('call', listed.length);
        assert.deepEqual(events.of('call'), asKeysSee(listed), JSON.stringify(filter));
        events.close();
    }
    const found = tails.map(({ events }) => events.of('call').length);
    assert.ok(found.slice(0, 6).every((count) => count > 0 && count < found.at(-1)), `${found}`);
    await session.close();
    await elsewhere.close();
});

test('85-11: who pages and watches sees each row once, while calls come on every path', async () => {
    const sessions = await Promise.all(entryPaths.map((path) => withServer(path)));
    const nonces = [];
    let done = false;
    const calling = Promise.all(sessions.map(async (session) => {
        for (let round = 0; round < 20 || !done; ++round) {
            nonces.push(...await callMany(session, 5));
        }
    }));
    const seen = [];
    let page = await log.page(orchestrator, { page_size: 20 });
    const events = await watch({ since: page.live_from });
    seen.push(...page.logs);
    while (page.next_cursor) {
        page = await log.page(orchestrator, { page_size: 20, cursor: page.next_cursor });
        seen.push(...page.logs);
    }
    done = true;
    await calling;
    const last = await log.settled(orchestrator, sessions[0]);
    await eventually('the last row in the tail', () =>
        events.of('call').some((row) => log.nonceOf(row) === last));
    const ids = [...seen, ...events.of('call')].map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
    const held = (await log.rows(orchestrator)).map(({ id }) => id);
    assert.deepEqual(ids.sort(), held.sort());
    assert.ok(nonces.length >= 400, `${nonces.length}`);
    events.close();
    await Promise.all(sessions.map((session) => session.close()));
});

test('who comes back goes on behind the last row, however much came meanwhile', async () => {
    const session = await withServer('server_http');
    const first = await watch();
    await callMany(session, 1);
    await first.first('call', 1);
    const { id } = first.all.at(-1);
    first.close();
    // Far more than one reading of the database, and far more bytes than wait for one client.
    const text = 'x'.repeat(40_000);
    const count = 260;
    for (let i = 0; i < count; i += 20) {
        await Promise.all(Array.from({ length: 20 }, () => session.call('echo', { text })));
    }
    await log.settled(orchestrator, session);
    const events = await watch({}, { authorization: `Bearer ${key}`, 'last-event-id': id });
    const shown = await events.first('call', count + 1, 2 * guardMs);
    const missed = (await log.rows(orchestrator)).filter((row) => row.id > id).reverse();
    assert.deepEqual(shown.map((row) => row.id), missed.map((row) => row.id));
    await callMany(session, 1);
    assert.equal((await events.first('call', count + 2)).length, count + 2);
    events.close();
    await session.close();
});

test('an export breaks off when its key is revoked', async () => {
    const path = '/api/projects/default/api-keys';
    const made = (await orchestrator.api(path, { method: 'POST', body: { name: 'taker' } })).json;
    const response = await fetch(new URL(
        '/api/tool-call-logs/export?project_id=default', orchestrator.url),
    { headers: { authorization: `Bearer ${made.api_key}` } });
    const reader = response.body.getReader();
    await reader.read();
    await orchestrator.api(`${path}/${made.id}`, { method: 'PUT', body: { is_active: false } });
    await assert.rejects(async () => {
        while (!(await reader.read()).done);
    });
});

test('a tail outlives its connection to the database, and a log that takes no rows', async () => {
    const session = await withServer('server_http');
    const events = await watch();
    await query(orchestrator, `
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no rows today'; END $$;
        CREATE TRIGGER refuse BEFORE INSERT ON call_log FOR EACH ROW EXECUTE FUNCTION refuse();`);
    const nonces = await callMany(session, 3);
    await eventually('the writer telling that the database takes nothing', async () =>
        await log.counter(orchestrator, 'mcp_orch_database_up') === 0);
    assert.deepEqual(events.of('call'), []);
    await query(orchestrator, `
        DROP TRIGGER refuse ON call_log; DROP FUNCTION refuse();
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
            WHERE application_name = 'mcp-orch' AND pid <> pg_backend_pid();`);
    const shown = await events.first('call', 3, 2 * guardMs);
    assert.deepEqual(shown.map(log.nonceOf).sort(), nonces.sort());
    const late = await watch({ since: shown[0].id });
    assert.deepEqual((await late.first('call', 2)).map(({ id }) => id),
        shown.slice(1).map(({ id }) => id));
    events.close();
    late.close();
    await session.close();
});

test('a tail ends when its key is revoked', async () => {
    const path = '/api/projects/default/api-keys';
    const made = (await orchestrator.api(path, { method: 'POST', body: { name: 'brief' } })).json;
    const events = await watch({}, { authorization: `Bearer ${made.api_key}` });
    await orchestrator.api(`${path}/${made.id}`, { method: 'PUT', body: { is_active: false } });
    await events.ended();
    events.close();
});

test('a tail ends with the login or the membership that opened it, and shows one project',
    async () => {
        const people = {};
        for (const name of ['ada', 'bob']) {
            const email = `${name}@example.org`;
            await orchestrator.api('/api/users/admin',
                { method: 'POST', body: { name, email, password } });
            people[name] = new Browser(orchestrator);
            await people[name].logIn(email, password);
        }
        const { ada, bob } = people;
        await ada.post('/api/projects', { name: 'shop' });
        await ada.post('/api/projects/shop/servers', { name: 'till', ...faulty() });
        const member = (await ada.post('/api/projects/shop/members',
            { email: 'bob@example.org' })).json;
        const open = (browser) => watch({ project_id: 'shop' },
            { cookie: browser.cookie, 'sec-fetch-site': 'same-origin' });
        const [adas, bobs] = [await open(ada), await open(bob)];
        const foreign = await watch();
        const call = await orchestrator.api(
            '/api/projects/shop/servers/till/tools/echo/execute',
            { method: 'POST', body: { arguments: { nonce: 'shop' } } });
        assert.equal(call.status, 200, call.text);
        for (const events of [adas, bobs]) {
            assert.equal(log.nonceOf((await events.first('call', 1))[0]), 'shop');
        }
        assert.equal((await bob.get(address({}))).status, 404);
        await ada.delete(`/api/projects/shop/members/${member.id}`);
        await bobs.ended();
        await ada.post('/api/users/logout');
        await adas.ended(2 * guardMs);
        assert.deepEqual(foreign.of('call'), []);
        assert.equal(foreign.errors, undefined);
        [adas, bobs, foreign].forEach((events) => events.close());
    });

test('where nobody is asked for a key, everybody may watch and export', async () => {
    const open = await Orchestrator.start(new Workspace(),
        { servers: { faulty: faulty() }, args: ['--auth', 'none'] });
    try {
        const events = await Events.open(open, address({}), {});
        opened.push(events);
        const session = await connect(open, 'server_sse',
            { server: 'faulty', headers: { authorization: '' } });
        const nonces = await callMany(session, 120);
        const shown = (await events.first('call', nonces.length)).map(log.nonceOf);
        assert.deepEqual(shown.sort(), nonces.sort());
        const exported = await open.api(
            '/api/tool-call-logs/export?project_id=default&format=jsonl', { token: null });
        assert.equal(exported.status, 200, exported.text);
        assert.equal(exported.text.trim().split('\n').length, nonces.length);
        await session.close();
    } finally {
        await open.dispose();
    }
});

test('bad positions and parameters are refused, and one watcher too many of a caller', async () => {
    const ask = async (parameters, headers = {}) =>
        orchestrator.api(address(parameters), { headers });
    for (const since of ['x', 'ffffffff-ffff-7fff-bfff-ffffffffffff', 'x'.repeat(5_000)]) {
        for (const answer of [await ask({ since }),
            await ask({}, { 'last-event-id': since })]) {
            assert.equal(answer.status, 400);
            assert.equal(answer.json.errors[0].field, 'since');
        }
    }
    for (const name of ['page', 'cursor', 'time_range', 'page_size']) {
        assert.match((await ask({ [name]: '1' })).json.detail, /is not a parameter/);
    }
    assert.equal((await ask({ status: 'odd' })).json.errors[0].field, 'status');
    const many = [];
    await eventually('the last place being taken', async () => {
        try {
            many.push(await watch());
        } catch (failure) {
            return /429/.test(failure.message);
        }
        return false;
    }, 2 * guardMs);
    assert.ok(many.length >= 8 && many.length <= 16, `${many.length}`);
    // One caller's places are not all places.
    const other = await watch({}, { authorization: `Bearer ${orchestrator.adminToken}` });
    other.close();
    many.forEach((events) => events.close());
    await eventually('a place', async () => {
        const events = await watch().catch(() => undefined);
        events?.close();
        return events !== undefined;
    });
});
