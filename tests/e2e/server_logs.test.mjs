// What servers and their processes say: each event is a line of its level and category, and every
// line is found by what it is, page by page, in its own project.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const project = '/api/projects/default';
const muttered = 250;

let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {
        good: faulty(), crashing: faulty(), noisy: faulty(['--mutter', String(muttered)]),
        ending: faulty(['--exit', '7']), missing: { command: '/no/such/program', args: [] },
    } });
    key = await orchestrator.createKey('lines');
});

after(() => orchestrator?.dispose());

async function get(path, filter = {}) {
    const parameters = new URLSearchParams(Object.entries(filter).flatMap(([name, values]) =>
        [values].flat().map((value) => [name, value])));
    const { status, json, text } = await orchestrator.api(`${path}?${parameters}`);
    assert.equal(status, 200, text);
    return json;
}

/** The lines of all pages, newest first. */
async function lines(filter = {}, path = `${project}/server-logs`) {
    const all = [];
    let cursor = null;
    do {
        const page = await get(path,
            { limit: 500, ...filter, ...(cursor === null ? {} : { cursor }) });
        all.push(...page.logs);
        cursor = page.next_cursor;
    } while (cursor !== null);
    return all;
}

const refresh = (name) =>
    orchestrator.api(`${project}/servers/${name}/refresh-status`, { method: 'POST' });

/** Waits for a line with this text that `filter` finds. */
const line = (text, filter, path) => eventually(`a line with '${text}'`, async () =>
    (await lines(filter, path)).find(({ message }) => message.includes(text)));

const told = ({ level, category }) => [level, category];

test('a start, its handshake and each refresh are lines', async () => {
    assert.equal((await refresh('good')).status, 200);
    const { json } = await refresh('good');
    const filter = { server_id: 'good' };
    const listed = `tools listed: ${json.tools_count}`;
    await eventually('two refreshes', async () =>
        (await lines(filter)).filter(({ message }) => message === listed).length === 2);
    assert.deepEqual((await lines(filter)).map(told).reverse(), [['info', 'startup'],
        ['info', 'handshake'], ['info', 'refresh'], ['info', 'refresh']]);
    const started = await line('started, pid ', filter);
    const { id: server } = await orchestrator.server('good');
    const { id } = (await orchestrator.api(project)).json;
    assert.deepEqual([started.server_id, started.server_name, started.project_id,
        started.project_name], [server, 'good', id, 'default']);
    assert.ok(Math.abs(Date.parse(started.timestamp) - Date.now()) < 60_000);
});

test('a server that cannot start says why', async () => {
    await refresh('ending');
    const ended = await line('exit code 7', { server_id: 'ending' });
    assert.deepEqual(told(ended), ['error', 'startup']);
    assert.match(ended.message, /refusing to start, as told/);
    assert.deepEqual(told(await line('refusing to start', { server_id: 'ending',
        category: 'output' })), ['info', 'output']);
    await refresh('missing');
    assert.deepEqual(told(await line('/no/such/program', { server_id: 'missing' })),
        ['error', 'startup']);
});

test('a noisy server is heard at a limited rate, and what is left out is counted', async () => {
    await refresh('noisy');
    const counted = async () => {
        const all = await lines({ server_id: 'noisy', category: 'output' });
        const left = all.map(({ message }) => /^(\d+) more lines were left out$/.exec(message))
            .filter((found) => found !== null).map(([, count]) => Number(count));
        const kept = all.filter(({ message }) => message.startsWith('Muttering line ')).length;
        return { kept, left: left.reduce((sum, count) => sum + count, 0) };
    };
    await eventually('every line told or counted', async () => {
        const { kept, left } = await counted();
        return kept + left === muttered;
    });
    const { kept, left } = await counted();
    assert.ok(left > 0 && kept >= 100, `${kept} told, ${left} left out`);
    assert.deepEqual(told(await line('left out', { server_id: 'noisy' })), ['warning', 'output']);
});

test('crashes are lines with code or signal, and a loop of them is given up', async () => {
    const session = await connect(orchestrator, 'server_http', { server: 'crashing', key });
    await assert.rejects(session.call('crash', { code: 3 }));
    assert.deepEqual(told(await line('ended with exit code 3', { server_id: 'crashing' })),
        ['error', 'crash']);
    await assert.rejects(session.call('crash', { signal: 'SIGKILL' }));
    assert.deepEqual(told(await line('SIGKILL', { server_id: 'crashing' })), ['error', 'crash']);
    for (let crash = 3; crash <= 6; ++crash) {
        await assert.rejects(session.call('crash', { code: crash }));
    }
    const last = await line('given up', { server_id: 'crashing' });
    assert.match(last.message, /after 6 crashes and failed starts within 60 s/);
    assert.deepEqual(told(last), ['error', 'crash']);
    await session.close();
});

test('every filter finds what it names, and all of it', async () => {
    const all = await lines();
    const wanted = async (filter, holds) => {
        const found = await lines(filter);
        assert.ok(found.length > 0 && found.length < all.length, JSON.stringify(filter));
        assert.deepEqual(found.map(({ id }) => id), all.filter(holds).map(({ id }) => id),
            JSON.stringify(filter));
    };
    await wanted({ level: 'error' }, ({ level }) => level === 'error');
    await wanted({ level: ['error', 'warning'] },
        ({ level }) => level === 'error' || level === 'warning');
    await wanted({ category: ['crash', 'startup'] },
        ({ category }) => category === 'crash' || category === 'startup');
    const { id } = await orchestrator.server('crashing');
    await wanted({ server_id: ['good', id] },
        ({ server_name: name }) => name === 'good' || name === 'crashing');
    await wanted({ search_text: 'MUTTERING  line 7' },
        ({ message }) => message.toLowerCase().includes('muttering line 7'));
    await wanted({ level: 'error', category: 'crash', server_id: 'crashing' },
        ({ level, category }) => level === 'error' && category === 'crash');
    const { timestamp: from } = all.find(({ message }) => message.includes('exit code 3'));
    const time = Date.parse(from);
    await wanted({ start_time: from }, ({ timestamp }) => Date.parse(timestamp) >= time);
    await wanted({ start_time: '2026-01-01T00:00:00Z', end_time: from },
        ({ timestamp }) => Date.parse(timestamp) < time);
    assert.deepEqual(await lines({ end_time: new Date(Date.now() - 3_600_000).toISOString(),
        start_time: '2026-01-01T00:00:00Z' }), []);
    assert.deepEqual((await lines({ time_range: '15m' })).map((one) => one.id),
        all.map((one) => one.id));
    // The same by the address of one server.
    assert.deepEqual(await lines({ level: 'error' }, `${project}/servers/crashing/logs`),
        await lines({ level: 'error', server_id: 'crashing' }));
});

test('pages show each line once while lines arrive', async () => {
    const before = (await lines()).map(({ id }) => id);
    const walked = [];
    let cursor = null;
    do {
        const page = await get(`${project}/server-logs`,
            { limit: 40, ...(cursor === null ? {} : { cursor }) });
        walked.push(...page.logs.map(({ id }) => id));
        cursor = page.next_cursor;
        await refresh('good');
    } while (cursor !== null);
    assert.deepEqual(walked, before);
    await eventually('the lines that arrived', async () =>
        (await lines()).length > before.length);
    assert.ok(before.length > 80, `${before.length}`);
});

test('a summary counts what there is and shows the newest errors', async () => {
    const all = await lines({ server_id: ['crashing', 'noisy', 'ending', 'missing'] });
    const { total_logs: total, level_counts: levels, category_counts: categories,
        recent_errors: errors } = await get(`${project}/server-logs/summary`,
        { server_id: ['crashing', 'noisy', 'ending', 'missing'] });
    const count = (name, value) => all.filter((one) => one[name] === value).length;
    assert.equal(total, all.length);
    assert.deepEqual(levels, Object.fromEntries(['debug', 'error', 'info', 'warning']
        .map((level) => [level, count('level', level)])));
    assert.deepEqual(categories, Object.fromEntries(['startup', 'handshake', 'shutdown', 'crash',
        'output', 'refresh'].map((category) => [category, count('category', category)])));
    assert.deepEqual(errors, all.filter(({ level }) => level === 'error').slice(0, 10));
    const one = await get(`${project}/servers/crashing/logs/summary`);
    assert.equal(one.total_logs,
        all.filter(({ server_name: name }) => name === 'crashing').length);
});

test('administrators see the lines of all projects', async () => {
    const { command, args, env } = faulty();
    await orchestrator.api('/api/projects', { method: 'POST', body: { name: 'other' } });
    const made = await orchestrator.api('/api/projects/other/servers', { method: 'POST',
        body: { name: 'away', command, args, env: { ...env, E2E_MARK: workspace.mark } } });
    assert.equal(made.status, 201, made.text);
    await orchestrator.api('/api/projects/other/servers/away/refresh-status', { method: 'POST' });
    const everywhere = '/api/admin/server-logs';
    const found = await eventually('lines of both projects', async () => {
        const all = await lines({}, everywhere);
        const names = new Set(all.map(({ project_name: name }) => name));
        return names.has('default') && names.has('other') && all;
    });
    assert.ok(found.some(({ server_name: name }) => name === 'away'));
    assert.ok((await lines({ project_id: 'other' }, everywhere))
        .every(({ project_name: name }) => name === 'other'));
    assert.ok((await lines()).every(({ project_name: name }) => name === 'default'));
    await line('tools listed', { project_id: 'other' }, everywhere);
    const summary = await get(`${everywhere}/summary`, { project_id: 'other' });
    assert.equal(summary.total_logs, (await lines({ project_id: 'other' }, everywhere)).length);
    assert.equal((await orchestrator.api(everywhere, { token: key })).status, 403);
});

test('a foreign project is as unknown as one that is not there', async () => {
    const foreign = await orchestrator.api('/api/projects/other/api-keys',
        { method: 'POST', body: { name: 'foreign' } });
    for (const path of ['/server-logs', '/server-logs/summary', '/servers/good/logs',
        '/servers/good/logs/summary', '/servers/nobody/logs']) {
        const answers = [await orchestrator.api(`${project}${path}`,
            { token: foreign.json.api_key }),
        await orchestrator.api(`/api/projects/nowhere${path}`)];
        assert.deepEqual(answers.map(({ status }) => status), [404, 404], path);
        assert.equal(answers[0].text, answers[1].text);
    }
    assert.equal((await orchestrator.api(`${project}/servers/nobody/logs`)).status, 404);
});

test('a key reads the lines of its project, but not one for chosen servers', async () => {
    const { json } = await orchestrator.api(`${project}/api-keys`, { method: 'POST',
        body: { name: 'narrow', scope: { servers: ['good'] } } });
    for (const path of ['/server-logs', '/server-logs/summary', '/servers/good/logs',
        '/servers/good/logs/summary']) {
        assert.equal((await orchestrator.api(`${project}${path}`, { token: key })).status, 200);
        assert.equal((await orchestrator.api(`${project}${path}`,
            { token: json.api_key })).status, 403);
    }
});

test('whatever is wrong with a query is told by its name', async () => {
    const { next_cursor: cursor } = await get(`${project}/server-logs`, { limit: 1 });
    for (const [query, fields] of [
        ['level=fatal', ['level']],
        ['level=error&level=', []],
        ['level=fatal&category=none&limit=0', ['level', 'category', 'limit']],
        ['server_id=nobody', ['server_id']],
        ['limit=501', ['limit']],
        ['limit=1x', ['limit']],
        ['time_range=2h', ['time_range']],
        ['start_time=now', ['start_time']],
        ['start_time=2026-02-01T00:00:00Z&end_time=2026-01-01T00:00:00Z', ['start_time']],
        [`search_text=${'x'.repeat(1_001)}`, ['search_text']],
        ['search_text=%22%7B%7D%22', ['search_text']],
        ['cursor=nonsense', ['cursor']],
        [`cursor=${cursor}&level=error`, ['cursor']],
        [`cursor=${cursor}&limit=2`, []],
    ]) {
        const { status, json, text } = await orchestrator.api(`${project}/server-logs?${query}`);
        assert.equal(status, fields.length === 0 ? 200 : 400, `${query}: ${text}`);
        assert.deepEqual((json.errors ?? []).map(({ field }) => field), fields, query);
    }
    for (const path of ['server-logs/summary', 'servers/good/logs', 'servers/good/logs/summary']) {
        const { status, json } = await orchestrator.api(`${project}/${path}?level=fatal`);
        assert.deepEqual([status, json.errors[0].field], [400, 'level'], path);
    }
    // A place in one list is none in another.
    const { status, json } = await orchestrator.api(
        `${project}/servers/good/logs?cursor=${cursor}`);
    assert.deepEqual([status, json.errors[0].field], [400, 'cursor']);
});

test('the command line shows the same lines', async () => {
    const { code, stdout, stderr } = await orchestrator.cli(['server-logs', '--project', 'default',
        '--server', 'crashing', '--level', 'error', 'warning', '--limit', '3']);
    assert.equal(code, 0, stderr);
    const [heading, ...rows] = stdout.trimEnd().split('\n');
    assert.match(heading, /^WHEN\s+SERVER\s+LEVEL\s+CATEGORY\s+MESSAGE$/);
    assert.equal(rows.length, 3);
    assert.match(rows[0], /crashing\s+error\s+crash\s+given up after 6 crashes/);
    const wrong = await orchestrator.cli(
        ['server-logs', '--project', 'default', '--level', 'fatal']);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /level: expected debug, info, warning or error/);
});

test('lines outlive the orchestrator', async () => {
    const before = await lines({ category: 'crash' });
    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace);
    assert.deepEqual(await lines({ category: 'crash' }), before);
});
