// The schedule by which all servers are checked: what a run finds, what a restart keeps, and who
// may touch it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { query } from './support/database.mjs';
import { eventually, guardMs } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const workers = '/api/workers';
const password = 'a quiet harbour at dusk';
const env = { MCP_ORCH_SERVERS_HANDSHAKE_TIMEOUT: '4s' };

let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { env, servers: {
        ...Object.fromEntries(['one', 'two', 'three'].map((name) => [name, faulty([])])),
        hanging: faulty(['--silent']), broken: { command: '/bin/false' } } });
    await orchestrator.api('/api/projects/default/servers', { method: 'POST',
        body: { name: 'off', command: '/bin/false', is_enabled: false } });
});

after(() => orchestrator?.dispose());

const get = async (path) => {
    const { status, json, text } = await orchestrator.api(workers + path);
    assert.equal(status, 200, text);
    return json;
};
const send = async (method, path, body, expected = 200) => {
    const { status, json, text } = await orchestrator.api(workers + path, { method, body });
    assert.equal(status, expected, text);
    return json;
};
const runs = async (count) => eventually(`${count} runs being stored`, async () => {
    const history = await get('/history');
    return history.length === count && history;
});
const states = async () => Object.fromEntries((await orchestrator.api(
    '/api/projects/default/servers')).json.map(({ name, status }) => [name, status]));
const seconds = (from, to) => (Date.parse(to) - Date.parse(from)) / 1_000;

test('a new orchestrator checks its servers every five minutes', async () => {
    const status = await get('/status');
    assert.equal(status.running, true);
    assert.deepEqual(status.config,
        { server_check_interval: 300, coalesce: true, max_instances: 1, max_workers: 4 });
    assert.equal(status.last_execution, null);
    assert.equal(status.job_history_count, 0);
    const [job] = status.jobs;
    assert.equal(job.trigger, 'interval[0:05:00]');
    assert.ok(Date.parse(job.next_run) > Date.now());
    assert.deepEqual(await get('/history'), []);
});

test('90-2: a run checks all servers, and those that hang or are broken hold up nobody', async () => {
    const begun = await send('POST', '/check-now', undefined, 202);
    assert.equal(begun.checking, true);
    await send('POST', '/check-now', undefined, 409);
    await eventually('the good servers being online', async () => {
        const { one, two, three, hanging } = await states();
        return [one, two, three].every((state) => state === 'online') && hanging === 'starting';
    });
    const [run] = await runs(1);
    assert.equal(run.status, 'success');
    assert.equal(run.trigger, 'manual');
    assert.equal(run.error, null);
    assert.deepEqual([run.checked_count, run.updated_count, run.error_count], [5, 5, 2]);
    assert.ok(run.tools_synced_count > 0 && run.tools_synced_count % 3 === 0);
    assert.ok(run.duration >= 4, `${run.duration} s`);
    assert.deepEqual(await states(), { one: 'online', two: 'online', three: 'online',
        hanging: 'error', broken: 'error', off: 'disabled' });
    const status = await get('/status');
    assert.equal(status.last_execution, run.timestamp);
    assert.equal(status.checking, false);
    assert.equal(status.job_history_count, 1);
});

test('the next run tells only what is new', async () => {
    await send('POST', '/check-now', undefined, 202);
    const [run] = await runs(2);
    assert.deepEqual([run.checked_count, run.updated_count, run.tools_synced_count,
        run.error_count], [5, 0, 0, 2]);
    assert.equal((await get('/history?limit=1')).length, 1);
});

test('settings are changed, and told of with who changed them', async () => {
    const changed = await send('PUT', '/config', { server_check_interval: 600, max_workers: 10,
        coalesce: false, max_instances: 1 });
    assert.deepEqual(changed.config,
        { server_check_interval: 600, coalesce: false, max_instances: 1, max_workers: 10 });
    assert.equal(changed.jobs[0].trigger, 'interval[0:10:00]');
    const next = seconds(changed.last_execution, changed.jobs[0].next_run);
    assert.ok(next >= 600 && next <= 660, `${next} s`);
    assert.equal((await send('PUT', '/config', {})).config.server_check_interval, 600);
    const told = (await orchestrator.api('/api/activities?action_filter=scheduler_updated')).json;
    assert.equal(told.activities.length, 1);
    assert.deepEqual(told.activities[0].changes.server_check_interval, { from: 300, to: 600 });
});

test('bad settings are refused with their fields', async () => {
    const { errors } = await send('PUT', '/config',
        { server_check_interval: 59, max_workers: 11, max_instances: 2 }, 400);
    assert.deepEqual(errors.map(({ field }) => field),
        ['server_check_interval', 'max_workers', 'max_instances']);
    for (const body of [{ server_check_interval: 3601 }, { server_check_interval: 'x' },
        { coalesce: 1 }, { max_workers: 0 }, { timezone: 'UTC' }]) {
        const refused = await send('PUT', '/config', body, 400);
        assert.deepEqual(refused.errors.map(({ field }) => field), Object.keys(body));
    }
    for (const limit of ['0', '201', 'x']) {
        assert.equal((await orchestrator.api(`${workers}/history?limit=${limit}`)).status, 400);
    }
    assert.equal((await get('/status')).config.server_check_interval, 600);
});

test('the schedule goes on where it was after a restart', async () => {
    const before = await get('/status');
    const history = await get('/history');
    assert.equal((await orchestrator.stop()).code, 0);
    orchestrator = await Orchestrator.start(workspace, { env });
    const now = await eventually('the schedule being read', async () => {
        const { status, json } = await orchestrator.api(`${workers}/status`);
        return status === 200 && json;
    });
    assert.deepEqual({ ...now, jobs: [] }, { ...before, jobs: [] });
    const next = seconds(now.last_execution, now.jobs[0].next_run);
    assert.ok(next >= 600 && next <= 660, `${next} s`);
    assert.deepEqual(await get('/history'), history);
    assert.deepEqual(workspace.serverProcesses, []);
});

test('what is switched off stays off, but for who asks', async () => {
    const off = await send('POST', '/stop');
    assert.deepEqual([off.running, off.jobs], [false, []]);
    assert.ok(off.message);
    assert.equal((await orchestrator.stop()).code, 0);
    orchestrator = await Orchestrator.start(workspace, { env });
    await eventually('the schedule being read', async () =>
        (await orchestrator.api(`${workers}/status`)).status === 200);
    assert.equal((await get('/status')).running, false);
    await send('POST', '/check-now', undefined, 202);
    await runs(3);
    const on = await send('POST', '/start');
    assert.equal(on.running, true);
    const again = await send('POST', '/start');
    const wait = seconds(new Date().toISOString(), again.jobs[0].next_run);
    assert.ok(wait > 590 && wait <= 660, `${wait} s`);
    const restarted = await send('POST', '/restart');
    assert.equal(restarted.running, true);
    assert.ok(seconds(new Date().toISOString(), restarted.jobs[0].next_run) > 590);
});

test('people and keys that do not administer are refused', async () => {
    await orchestrator.api('/api/users/admin', { method: 'POST',
        body: { name: 'ada', email: 'ada@example.org', password } });
    await orchestrator.api('/api/projects/default/members', { method: 'POST',
        body: { email: 'ada@example.org', role: 'owner' } });
    const ada = new Browser(orchestrator);
    assert.equal((await ada.logIn('ada@example.org', password)).status, 200);
    const key = await orchestrator.createKey('k');
    const before = await get('/status');
    for (const [method, path] of [['GET', '/status'], ['POST', '/start'], ['POST', '/stop'],
        ['POST', '/restart'], ['POST', '/check-now'], ['PUT', '/config'], ['GET', '/history']]) {
        const body = method === 'PUT' ? { server_check_interval: 60 } : undefined;
        assert.equal((await ada.request(workers + path, { method, body })).status, 403, path);
        assert.equal((await orchestrator.api(workers + path,
            { method, body, token: key })).status, 403, path);
        assert.equal((await orchestrator.api(workers + path,
            { method, body, token: null })).status, 401, path);
    }
    assert.deepEqual(await get('/status'), before);
});

test('the command line does all of it', async () => {
    const cli = async (...words) => {
        const { code, stdout, stderr } = await orchestrator.cli(['scheduler', ...words]);
        assert.equal(code, 0, stderr);
        return stdout;
    };
    assert.match(await cli('set', '--interval', '120'), /server_check_interval"?: ?120/);
    assert.match(await cli('stop'), /^running\s+false$/m);
    assert.match(await cli('start'), /^running\s+true$/m);
    assert.match(await cli('restart'), /^running\s+true$/m);
    await cli('run-now');
    await runs(4);
    assert.match(await cli('status'), /^job_history_count\s+4$/m);
    const table = await cli('history', '--limit', '2');
    assert.match(table, /^WHEN\s+TOOK\s+BY\s+STATUS\s+CHECKED\s+UPDATED\s+TOOLS\s+ERRORS\s+PROBLEM$/m);
    assert.equal(table.trim().split('\n').length, 3);
    const { code, stderr } = await orchestrator.cli(['scheduler', 'set', '--interval', '5']);
    assert.equal(code, 1);
    assert.match(stderr, /server_check_interval: a number from 60 to 3600/);
});

test('an overdue run comes soon after a start, and wakes nobody who sleeps well', async () => {
    const known = (await get('/history')).length;
    await query(orchestrator, `UPDATE refresh_schedule SET resumed_at = now() - interval '1 day',
        last_execution = now() - interval '1 hour';`);
    assert.equal((await orchestrator.stop()).code, 0);
    orchestrator = await Orchestrator.start(workspace, { env });
    const history = await eventually('the overdue run', async () => {
        const { json } = await orchestrator.api(`${workers}/history`);
        return json.length > known && json;
    }, 2 * guardMs);
    assert.equal(history.length, known + 1);
    const [run] = history;
    assert.deepEqual([run.trigger, run.status, run.checked_count, run.error_count],
        ['schedule', 'success', 5, 2]);
    assert.deepEqual(await states(), { one: 'stopped', two: 'stopped', three: 'stopped',
        hanging: 'error', broken: 'error', off: 'disabled' });
    const { last_execution: last, jobs: [{ next_run: next }] } = await get('/status');
    assert.equal(last, run.timestamp);
    assert.ok(seconds(last, next) >= 120 && seconds(last, next) <= 132);
});
