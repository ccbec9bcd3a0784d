// Every call, whatever way it took and however it ended, is one complete row.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { checkRow, endings } from './support/call_endings.mjs';
import { connect, entryPaths, urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { exchange, statusOf } from './support/raw_http.mjs';
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

/** A key that may make one call in a minute. */
async function limitedKey(name) {
    const { json } = await orchestrator.api('/api/projects/default/api-keys',
        { method: 'POST', body: { name: `limited ${name}`, limits: { calls_per_minute: 1 } } });
    return json.api_key;
}

/** Waits for the one row of a call that was over the limit of its key. */
async function refusedRow(told) {
    const call = { ...told, ending: 'refused', status: 'error', code: 'EXECUTION_ERROR', tool: 'echo',
        server: 'faulty', message: /used up/ };
    made.push(call);
    const { nonce } = call.args;
    await eventually('the row', async () => (await log.rowsByNonce(orchestrator)).has(nonce));
    const rows = (await log.rowsByNonce(orchestrator)).get(nonce);
    assert.equal(rows.length, 1);
    checkRow(rows[0], call);
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
            test(`84-1, 84-3, 84-4, 85-13, 85-14: ${name} is one row`, async () => {
                const call = await make(name);
                checkRow(await findRow(sessions.faulty, call.nonce), call);
            });
        }

        test('84-1, 84-3: a cancelled call is one row', async () => {
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

        test('84-1, 85-13: a refused call is one row', async () => {
            const limited = await limitedKey(entryPath);
            const session = await connect(orchestrator, entryPath,
                { server: 'faulty', key: limited, userAgent, name: 'Cline' });
            const nonces = [randomUUID(), randomUUID()];
            await session.call('echo', { nonce: nonces[0] });
            await assert.rejects(session.call('echo', { nonce: nonces[1] }), /429|used up/);
            await session.close();
            made.push({ status: 'success', tool: 'echo', server: 'faulty' });
            await refusedRow({ entryPath, userAgent, args: { nonce: nonces[1] }, time: Date.now() });
        });

        test('84-5: rows of one session carry its id, others another', async () => {
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
        test(`84-1, 84-3, 84-4, 85-13, 85-14: ${name} is one row`, async () => {
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

describe('over REST, without an answer', () => {
    const path = '/api/projects/default/servers/faulty/tools';

    test('84-1, 84-3: a call whose client went away is one cancelled row', async () => {
        const nonce = randomUUID();
        const call = { ending: 'cancelled', status: 'cancelled', code: null, tool: 'hang',
            server: 'faulty', entryPath: 'rest', args: { nonce }, time: Date.now() };
        made.push(call);
        const session = await connect(orchestrator, 'server_http', { server: 'faulty', key });
        const withdrawal = new AbortController();
        const rejected = assert.rejects(fetch(`${orchestrator.url}${path}/hang/execute`, {
            method: 'POST', signal: withdrawal.signal, body: JSON.stringify({ arguments: { nonce } }),
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' } }));
        await eventually('the call reaching the server', async () => {
            made.push({ status: 'success', tool: 'open_calls', server: 'faulty' });
            return (await session.json('open_calls')).open.includes(nonce);
        });
        withdrawal.abort();
        await rejected;
        await eventually('the row', async () =>
            (await log.rowsByNonce(orchestrator, { status: 'cancelled' })).has(nonce));
        checkRow(await findRow(session, nonce), call);
        await session.close();
    });

    test('84-1, 85-13: a refused call is one row', async () => {
        const token = await limitedKey('rest');
        const nonces = [randomUUID(), randomUUID()];
        for (const [at, status] of [200, 429].entries()) {
            const args = { nonce: nonces[at] };
            const answer = await orchestrator.api(`${path}/echo/execute`,
                { method: 'POST', token, body: { arguments: args } });
            assert.equal(answer.status, status);
        }
        made.push({ status: 'success', tool: 'echo', server: 'faulty' });
        await refusedRow({ entryPath: 'rest', args: { nonce: nonces[1] }, time: Date.now() });
    });
});

test('85-13: a call before the handshake is a row that says so', async () => {
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

test('85-2: the metrics of the API add up to what was counted', async () => {
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

test('84-8: the counters of sessions equal their rows', async () => {
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

test('85-11: pages of the log overlap nowhere and miss nothing', async () => {
    const whole = (await log.rows(orchestrator)).map((row) => row.id);
    assert.deepEqual((await log.rows(orchestrator, { page_size: 7 })).map((row) => row.id), whole);
    assert.equal(new Set(whole).size, whole.length);
    assert.deepEqual([...whole].sort().reverse(), whole);
    assert.equal((await log.page(orchestrator, { page_size: 1 })).total_count, whole.length);
});

test('85-9: filters give exactly the rows that pass them', async () => {
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

test('a list without bodies tells the same, and how the bodies begin', async () => {
    const { client } = await connect(orchestrator, 'server_http', { server: 'faulty', key });
    const nonce = randomUUID();
    await client.callTool({ name: 'echo', arguments: { nonce, text: `${'한'.repeat(200)}` } });
    made.push({ status: 'success', tool: 'echo', server: 'faulty' });
    await client.close();
    await eventually('the row', async () => (await log.rowsByNonce(orchestrator)).has(nonce));
    const whole = await log.rows(orchestrator);
    const bare = await log.rows(orchestrator, { bodies: 'false' });
    const [cut] = bare;
    const { size } = cut.input_data;
    assert.ok(size > 600 && Buffer.byteLength(cut.arguments_preview) > 250, cut.arguments_preview);
    assert.ok(Buffer.byteLength(cut.arguments_preview) <= 256);
    for (const [i, row] of whole.entries()) {
        const { arguments_preview: asked, result_preview: answered } = bare[i];
        assert.deepEqual([row.arguments_preview, row.result_preview], [null, null]);
        const { input_data: { arguments: args }, output_data: { result } } = row;
        assert.ok(args === null ? asked === null : JSON.stringify(args).startsWith(asked), asked);
        assert.ok(result === null ? answered === null : JSON.stringify(result).startsWith(answered));
        row.input_data.arguments = null;
        row.output_data.result = null;
        bare[i].arguments_preview = null;
        bare[i].result_preview = null;
    }
    assert.deepEqual(bare, whole);
});

test('people are told what their keys are called, keys are not', async () => {
    const [row] = await log.rows(orchestrator);
    const { json: known } = await orchestrator.api(
        `/api/projects/default/api-keys/${row.principal.split(':')[1]}`);
    assert.equal(row.principal_name, known.name);
    const ask = async (what, token) => (await orchestrator.api(
        `/api/tool-call-logs${what}project_id=default`, token === undefined ? {} : { token })).json;
    const names = async (token) => [
        (await ask(`/${row.id}?`, token)).principal_name,
        (await ask('/facets?', token)).principal.find(({ value }) => value === row.principal).name,
        (await ask('/metrics/groups?group_by=key&', token)).groups
            .find(({ value }) => value === row.principal).name];
    assert.deepEqual(await names(), [known.name, known.name, known.name]);
    assert.deepEqual(await names(key), [null, null, null]);
    const { groups } = await ask('/metrics/groups?group_by=tool&');
    assert.deepEqual(groups.filter(({ name }) => name !== null), []);
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

const percentile = (sorted, share) => {
    const at = share * (sorted.length - 1);
    const below = Math.floor(at);
    const above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (sorted[above] - sorted[below]) * (at - below);
};

/** What rows measure, counted here. */
function measured(rows) {
    const of = (status) => rows.filter((row) => row.status === status).length;
    const times = rows.map((row) => row.execution_time).sort((left, right) => left - right);
    return { total_calls: rows.length, successful_calls: of('success'), error_calls: of('error'),
        timeout_calls: of('timeout'), cancelled_calls: of('cancelled'),
        success_rate: Math.round(10_000 * of('success') / rows.length) / 100,
        average_execution_time: times.reduce((sum, time) => sum + time, 0) / times.length,
        median_execution_time: percentile(times, 0.5), p95_execution_time: percentile(times, 0.95),
        p99_execution_time: percentile(times, 0.99),
        unique_sessions: new Set(rows.map((row) => row.session_id).filter(Boolean)).size };
}

function sameNumbers(got, wanted, what) {
    for (const [name, value] of Object.entries(wanted)) {
        assert.ok(Math.abs(got[name] - value) < 1e-6, `${what}: ${name} ${got[name]} ≠ ${value}`);
    }
}

const ask = async (what, filter = {}) => {
    const query = new URLSearchParams({ project_id: 'default', time_range: '30m', ...filter });
    return (await orchestrator.api(`/api/tool-call-logs/${what}?${query}`)).json;
};

test('85-2: metrics of all, of groups and over time equal an independent count', async () => {
    const all = await log.rows(orchestrator);
    const whole = await ask('metrics');
    sameNumbers(whole, measured(all), 'all');
    assert.equal(whole.unique_tools, new Set(all.map((row) => row.tool_name)).size);
    assert.equal(whole.unique_principals, new Set(all.map((row) => row.principal)).size);
    for (const [by, of] of Object.entries({ server: (row) => row.server_id,
        tool: (row) => `${row.server_id} ${row.tool_name}`, client_type: (row) => row.client_type,
        principal: (row) => row.principal, key: (row) => row.principal })) {
        const { groups } = await ask('metrics/groups', { group_by: by, limit: 200 });
        const keys = new Set(all.map(of));
        assert.equal(groups.length, keys.size, by);
        for (const group of groups) {
            const key = by === 'server' ? group.server_id
                : by === 'tool' ? `${group.server_id} ${group.value}` : group.value;
            sameNumbers(group.metrics, measured(all.filter((row) => of(row) === key)), key);
        }
        const totals = groups.map(({ metrics }) => metrics.total_calls);
        assert.deepEqual(totals, totals.toSorted((left, right) => right - left));
    }
    const slowest = await ask('metrics/groups', { group_by: 'tool', order: 'slowest', limit: 3 });
    const p95 = slowest.groups.map(({ metrics }) => metrics.p95_execution_time);
    assert.equal(p95.length, 3);
    assert.deepEqual(p95, p95.toSorted((left, right) => right - left));
    const failing = await ask('metrics/groups', { group_by: 'tool', order: 'failing', limit: 2 });
    assert.ok(failing.groups[0].metrics.total_calls > failing.groups[0].metrics.successful_calls);
    const { buckets } = await ask('metrics/series', { buckets: 30, status: 'success' });
    assert.equal(buckets.length, 30);
    const good = all.filter((row) => row.status === 'success');
    assert.equal(buckets.reduce((sum, { metrics }) => sum + metrics.total_calls, 0), good.length);
    for (const [at, { start, metrics }] of buckets.entries()) {
        const end = buckets[at + 1]?.start ?? '9';
        const inside = good.filter(({ times }) => Date.parse(times.finished) >= Date.parse(start) &&
            (end === '9' || Date.parse(times.finished) < Date.parse(end)));
        if (inside.length > 0) {
            assert.equal(metrics.total_calls, inside.length);
        }
    }
});

test('tools that nobody called are told', async () => {
    const called = new Set((await log.rows(orchestrator)).map((row) =>
        `${row.server_id} ${row.tool_name}`));
    const unused = [];
    for (const name of Object.keys(servers)) {
        const { id } = await orchestrator.server(name);
        const { json } = await orchestrator.api(`/api/projects/default/servers/${id}/tools`);
        unused.push(...json.map((tool) => `${id} ${tool.name}`).filter((tool) => !called.has(tool)));
    }
    const told = (await ask('unused-tools')).tools.map((tool) =>
        `${tool.server_id} ${tool.tool_name}`);
    assert.ok(told.length > 0);
    assert.deepEqual(told.toSorted(), unused.toSorted());
});

test('85-3: a search finds what stands in arguments, result, error or tool name only', async () => {
    const all = await log.rows(orchestrator);
    const found = async (text) => (await log.rows(orchestrator, { search_text: text }))
        .map((row) => row.id);
    const nonce = log.nonceOf(all.find((row) => log.nonceOf(row) !== undefined));
    const withNonce = all.filter((row) => log.nonceOf(row) === nonce).map((row) => row.id);
    assert.deepEqual(await found(nonce.toUpperCase()), withNonce);
    assert.deepEqual(await found(`"NONCE": "${nonce}`), withNonce);
    assert.deepEqual(await found('not like THIS'),
        all.filter((row) => /not like this/.test(row.error_message)).map((row) => row.id));
    assert.deepEqual(await found('no luck'),
        all.filter((row) => row.tool_name === 'fail').map((row) => row.id));
    assert.ok((await found('no_such_tool')).length > 0);
    assert.deepEqual(await found('%'), []);
    assert.deepEqual(await found('no word of any call'), []);
});

test('85-1: pages by number are parts of one list', async () => {
    const whole = (await log.rows(orchestrator)).map((row) => row.id);
    const first = await log.page(orchestrator, { page_size: 20 });
    const second = await log.page(orchestrator, { page_size: 20, page: 2 });
    assert.deepEqual([first.has_prev, first.has_next, first.page], [false, true, 1]);
    assert.deepEqual([second.has_prev, second.page], [true, 2]);
    assert.deepEqual([...first.logs, ...second.logs].map((row) => row.id), whole.slice(0, 40));
    const beyond = await log.page(orchestrator, { page_size: 500, page: 200 });
    assert.deepEqual([beyond.logs, beyond.has_next], [[], false]);
});

const exportOf = (fields) => orchestrator.api(
    `/api/tool-call-logs/export?${new URLSearchParams({ project_id: 'default', time_range: '30m',
        ...fields })}`);

test('an export holds exactly the rows of the list', async () => {
    for (const fields of [{}, { status: 'error' }, { search_text: 'no word of any call' }]) {
        const listed = await log.rows(orchestrator, fields);
        const { status, text, headers } = await exportOf(fields);
        assert.equal(status, 200);
        assert.match(headers.get('content-type'), /^application\/x-ndjson/);
        assert.match(headers.get('content-disposition'), /calls\.jsonl/);
        const lines = text.split('\n').slice(0, -1).map((line) => JSON.parse(line));
        assert.deepEqual(lines, listed, JSON.stringify(fields));
        const table = await exportOf({ ...fields, format: 'csv' });
        assert.match(table.headers.get('content-type'), /^text\/csv/);
        const ids = [...table.text.matchAll(/^([0-9a-f-]{36}),/gm)].map(([, id]) => id);
        assert.deepEqual(ids, listed.map(({ id }) => id));
    }
    assert.ok((await log.rows(orchestrator)).length > 100, 'more than one page');
});

test('the longest range has as many buckets as any', async () => {
    for (const kind of ['histogram', 'metrics/series']) {
        const { status, json } = await orchestrator.api(`/api/tool-call-logs/${kind}?`
            + new URLSearchParams({ project_id: 'default', start_time: '0001-01-01T00:00:00Z',
                end_time: '9999-12-31T23:59:59Z', buckets: '500' }));
        assert.equal(status, 200);
        assert.ok(json.buckets.length > 490 && json.buckets.length <= 500, kind);
    }
});

test('bad parameters of the log name themselves, all at once', async () => {
    const { next_cursor: cursor } = await log.page(orchestrator, { page_size: 1 });
    const other = await orchestrator.api('/api/projects',
        { method: 'POST', body: { name: 'elsewhere', display_name: 'Elsewhere' } });
    assert.equal(other.status, 201);
    const wrong = async (fields, base = '') => {
        const query = new URLSearchParams({ project_id: 'default', time_range: '30m', ...fields });
        const { status, json } = await orchestrator.api(`/api/tool-call-logs${base}?${query}`);
        assert.equal(status, 400, JSON.stringify(fields));
        return json.errors.map(({ field }) => field);
    };
    for (const fields of [{ cursor: 'x' }, { cursor: randomUUID() }, { cursor: cursor.slice(2) },
        { cursor, status: 'error' }, { cursor, project_id: 'elsewhere' },
        { cursor, time_range: '1h' }]) {
        assert.deepEqual(await wrong(fields), ['cursor'], JSON.stringify(fields));
    }
    for (const [name, values] of Object.entries({ time_range: ['2h'], status: ['good'],
        page_size: ['0', '501', 'x'], page: ['0', '100001'], session_id: ['x'], server_id: ['nobody'],
        client_type: ['emacs'], error_code: ['BAD'], min_execution_time: ['-1', '86401', 'nan'],
        max_duration_ms: ['1e3'], start_time: ['yesterday', '2999-01-01T00:00:00Z'],
        end_time: ['0'], search_text: ['x'.repeat(1_001), '""'], tool_name: ['x'.repeat(1_001)] })) {
        for (const value of values) {
            assert.deepEqual(await wrong({ [name]: value }), [name], `${name}=${value}`);
        }
    }
    assert.deepEqual(await wrong({ status: 'good', page: '0', session_id: 'x' }),
        ['session_id', 'status', 'page']);
    assert.deepEqual(await wrong({ group_by: 'mood' }, '/metrics/groups'), ['group_by']);
    assert.deepEqual(await wrong({ order: 'taste' }, '/metrics/groups'), ['order']);
    assert.deepEqual(await wrong({ limit: '201' }, '/metrics/groups'), ['limit']);
    assert.deepEqual(await wrong({ buckets: '0' }, '/metrics/series'), ['buckets']);
    assert.deepEqual(await wrong({ format: 'xml' }, '/export'), ['format']);
    const huge = await exchange(orchestrator, 'GET /api/tool-call-logs?project_id=default&search_text='
        + `${'x'.repeat(10_000_000)} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    assert.ok([400, 414, 431].includes(statusOf(huge)), huge.slice(0, 200));
    assert.equal((await orchestrator.api('/health')).status, 200);
});
