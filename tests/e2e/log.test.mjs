// Every call, whatever way it took and however it ended, is one complete row.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { checkRow, endings } from './support/call_endings.mjs';
import { connect, entryPaths, urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RawEventSession, RawHttpSession, request } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
/** Calls of `hasty` time out after a second; `other` lets rows of two servers be told apart. */
const servers = { faulty: faulty(), hasty: faulty([], { timeout: 1 }), other: faulty() };

let orchestrator;
let key;
/** What this file itself counted: every call, with what its row must say. */
const made = [];

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers });
    key = await orchestrator.createKey('log');
});

after(() => orchestrator?.dispose());

async function findRow(session, nonce) {
    await log.settled(orchestrator, session);
    made.push({ ending: 'success', status: 'success', code: null, tool: 'echo', server: 'faulty' });
    const rows = (await log.rowsByNonce(orchestrator)).get(nonce) ?? [];
    assert.equal(rows.length, 1, `${rows.length} rows of one call`);
    return rows[0];
}

for (const entryPath of entryPaths) {
    describe(`over ${entryPath}`, () => {
        const userAgent = `e2e-${entryPath}/1.0`;
        const sessions = {};

        before(async () => {
            for (const server of Object.keys(servers)) {
                sessions[server] = await connect(orchestrator, entryPath,
                    { server, key, userAgent, name: 'Cline' });
            }
        });
        after(() => Promise.all(Object.values(sessions).map((session) => session.close())));

        /** Makes a call that is to end like `ending`; gives what its row must say. */
        async function make(name, options) {
            const ending = endings[name];
            const nonce = randomUUID();
            const args = { ...ending.args, nonce };
            const call = { ...ending, ending: name, entryPath, userAgent, args, nonce,
                time: Date.now() };
            made.push(call);
            const result = await sessions[ending.server].call(ending.tool, args, options)
                .catch((error) => ({ error }));
            if (name === 'success' || name === 'tool error') {
                assert.equal(result.isError ?? false, name === 'tool error');
                call.text = result.content[0].text;
            } else {
                assert.ok(result.error, `${name} must reach the client as an error`);
            }
            return call;
        }

        for (const name of Object.keys(endings)) {
            test(`${name} is one row`, async () => {
                const call = await make(name);
                checkRow(await findRow(sessions.faulty, call.nonce), call);
            });
        }

        test('a cancelled call is one row', async () => {
            const nonce = randomUUID();
            const call = { ending: 'cancelled', status: 'cancelled', code: null, tool: 'hang',
                server: 'faulty', entryPath, userAgent, args: { nonce }, time: Date.now() };
            made.push(call);
            const withdrawal = new AbortController();
            const rejected = assert.rejects(
                sessions.faulty.call('hang', { nonce }, { signal: withdrawal.signal }));
            await eventually('the call reaching the server', async () => {
                made.push({ status: 'success', tool: 'open_calls', server: 'faulty' });
                return (await sessions.faulty.json('open_calls')).open.includes(nonce);
            });
            withdrawal.abort();
            await rejected;
            await eventually('the row', async () =>
                (await log.rowsByNonce(orchestrator, { status: 'cancelled' })).has(nonce));
            checkRow(await findRow(sessions.faulty, nonce), call);
        });

        test('rows of one session carry its id, others another', async () => {
            const first = await findRow(sessions.faulty, (await make('success')).nonce);
            const second = await findRow(sessions.faulty, (await make('tool error')).nonce);
            const third = await findRow(sessions.faulty, (await make('time-out')).nonce);
            assert.equal(first.session_id, second.session_id);
            assert.notEqual(first.session_id, third.session_id);
            const known = (await log.sessions(orchestrator))
                .find((session) => session.id === first.session_id);
            assert.equal(known.entry_path, entryPath);
            assert.equal(known.client_type, 'cline');
            assert.equal(known.is_active, true);
        });

        test('the bare tool name is stored, its server beside it', async () => {
            const row = await findRow(sessions.faulty, (await make('success')).nonce);
            assert.equal(row.server_id, (await orchestrator.server('faulty')).id);
            assert.equal(row.tool_name, 'echo');
        });
    });
}

describe('over REST', () => {
    let session;
    before(async () => { session = await connect(orchestrator, 'server_http',
        { server: 'faulty', key, name: 'Cline' }); });
    after(() => session.close());

    for (const [name, ending] of Object.entries(endings)) {
        test(`${name} is one row`, async () => {
            const args = { ...ending.args, nonce: randomUUID() };
            const call = { ...ending, ending: name, entryPath: 'rest', args, time: Date.now() };
            made.push(call);
            const { json } = await orchestrator.api(
                `/api/projects/default/servers/${ending.server}/tools/${ending.tool}/execute`,
                { method: 'POST', body: { arguments: args }, token: key });
            assert.equal(json.success ?? false, name === 'success');
            checkRow(await findRow(session, args.nonce), call);
        });
    }
});

test('a call before the handshake is a row that says so', async () => {
    const path = urlPath('server_sse', 'faulty');
    const raw = await RawEventSession.open(orchestrator, path, key);
    const { error } = await raw.ask(1, 'tools/call', { name: 'echo', arguments: {} });
    assert.ok(error);
    made.push({ status: 'error', code: 'INITIALIZATION_INCOMPLETE' });
    await eventually('the row', async () => (await log.rows(orchestrator, { status: 'error' }))
        .some((row) => row.error_code === 'INITIALIZATION_INCOMPLETE'));
    raw.close();
});

// From here on what was counted is compared; tests of a file run one after the other.

const count = (wanted) => made.filter(wanted).length;

test('calls that were refused for their key or session are no tool calls', async () => {
    const raw = await RawHttpSession.open(orchestrator, 'faulty', key);
    const body = request(1, 'tools/call', { name: 'echo', arguments: { nonce: 'refused' } });
    raw.key = 'wrong';
    assert.equal((await raw.post(body)).status, 401);
    raw.key = key;
    raw.sessionId = randomUUID();
    assert.equal((await raw.post(body)).status, 404);
    assert.equal((await log.rowsByNonce(orchestrator)).has('refused'), false);
});

test('the metrics of the API add up to what was counted', async () => {
    const metrics = await log.metrics(orchestrator);
    const expected = { total_calls: made.length };
    for (const [field, status] of [['successful_calls', 'success'], ['error_calls', 'error'],
        ['timeout_calls', 'timeout'], ['cancelled_calls', 'cancelled']]) {
        expected[field] = count((call) => call.status === status);
    }
    for (const [field, value] of Object.entries(expected)) {
        assert.equal(metrics[field], value, field);
    }
    const rate = (100 * expected.successful_calls) / made.length;
    assert.ok(Math.abs(metrics.success_rate - rate) < 0.01);
    assert.ok(metrics.median_execution_time <= metrics.p95_execution_time);
    for (const code of new Set(made.map((call) => call.code ?? '').filter(Boolean))) {
        assert.equal(metrics.errors.find((error) => error.error_code === code)?.count,
            count((call) => call.code === code), code);
    }
});

test('the Prometheus counters equal what was counted', async () => {
    const name = 'mcp_orch_tool_calls_total';
    assert.equal(await log.counter(orchestrator, name, { project: 'default' }), made.length);
    for (const { server, tool, status } of [...Object.values(endings),
        { server: 'faulty', tool: 'hang', status: 'cancelled' }]) {
        if (tool !== 'no_such_tool') {
            assert.equal(await log.counter(orchestrator, name, { server, tool, status }),
                count((call) => call.server === server && call.tool === tool
                    && call.status === status), `${server} ${tool} ${status}`);
        }
    }
});

test('the counters of sessions equal their rows', async () => {
    const rows = await log.rows(orchestrator);
    assert.equal(rows.length, made.length);
    const sessions = await eventually('counters of the sessions', async () => {
        const all = await log.sessions(orchestrator);
        const total = all.reduce((sum, session) => sum + session.total_calls, 0);
        return total >= rows.filter((row) => row.entry_path !== 'rest').length && all;
    });
    for (const session of sessions) {
        const own = rows.filter((row) => row.session_id === session.id);
        const good = own.filter((row) => row.status === 'success').length;
        assert.deepEqual([session.total_calls, session.successful_calls, session.failed_calls],
            [own.length, good, own.length - good], session.entry_path);
    }
});

test('pages of the log overlap nowhere and miss nothing', async () => {
    const whole = (await log.rows(orchestrator)).map((row) => row.id);
    assert.deepEqual((await log.rows(orchestrator, { page_size: 7 })).map((row) => row.id), whole);
    assert.equal(new Set(whole).size, whole.length);
    assert.deepEqual([...whole].sort().reverse(), whole);
    assert.equal((await log.page(orchestrator, { page_size: 1 })).total_count, whole.length);
});

test('filters give exactly the rows that pass them', async () => {
    const all = await log.rows(orchestrator);
    const hasty = await orchestrator.server('hasty');
    for (const [filter, wanted] of [
        [{ status: 'timeout' }, (row) => row.status === 'timeout'],
        [{ server_id: hasty.id }, (row) => row.server_id === hasty.id],
        [{ tool_name: 'REFU' }, (row) => row.tool_name.includes('refu')],
        [{ session_id: all[0].session_id }, (row) => row.session_id === all[0].session_id],
        [{ principal: all[0].principal }, (row) => row.principal === all[0].principal],
        [{ client_type: 'cline' }, (row) => row.client_type === 'cline'],
        [{ error_code: 'TOOL_ERROR' }, (row) => row.error_code === 'TOOL_ERROR'],
        [{ min_duration_ms: 900 }, (row) => row.duration_ms >= 900],
        [{ max_duration_ms: 899, status: 'success' },
            (row) => row.duration_ms <= 899 && row.status === 'success'],
    ]) {
        const expected = all.filter(wanted).map((row) => row.id);
        assert.ok(expected.length > 0, JSON.stringify(filter));
        assert.deepEqual((await log.rows(orchestrator, filter)).map((row) => row.id), expected,
            JSON.stringify(filter));
    }
    assert.deepEqual(await log.rows(orchestrator, { principal: 'local-admin' }), []);
});

test('facets and histogram count what the list holds', async () => {
    const all = await log.rows(orchestrator);
    const tally = (rows, of) => rows.reduce((sums, row) => ({ ...sums,
        [of(row)]: (sums[of(row)] ?? 0) + 1 }), {});
    const ask = async (what) => (await orchestrator.api(
        `/api/tool-call-logs/${what}&project_id=default&time_range=30m`)).json;
    const told = (values) => Object.fromEntries(values.map(({ value, count }) => [value, count]));
    const facets = await ask('facets?');
    assert.deepEqual(told(facets.status), tally(all, ({ status }) => status));
    assert.deepEqual(told(facets.tool), tally(all, (row) => row.tool_name));
    assert.deepEqual(told(facets.principal), tally(all, ({ principal }) => principal));
    assert.deepEqual(told(facets.error_code), tally(all.filter((row) => row.error_code !== null),
        (row) => row.error_code));
    const errors = await ask('facets?status=error');
    assert.deepEqual(told(errors.status), told(facets.status));
    assert.deepEqual(told(errors.tool), tally(all.filter(({ status }) => status === 'error'),
        (row) => row.tool_name));
    const chart = await ask('histogram?buckets=10');
    assert.equal(chart.buckets.length, 10);
    for (const status of ['success', 'error', 'timeout', 'cancelled']) {
        assert.equal(chart.buckets.reduce((sum, bucket) => sum + bucket[status], 0),
            all.filter((row) => row.status === status).length, status);
    }
    const wrong = await orchestrator.api(
        '/api/tool-call-logs/histogram?project_id=default&buckets=501');
    assert.equal(wrong.status, 400);
});
