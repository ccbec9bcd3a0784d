// How many processes a server has, who gets one of them, and how long it lives.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from './support/client.mjs';
import { query } from './support/database.mjs';
import { eventually, guardMs } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { asking } from './support/server_definitions.mjs';

const servers = '/api/projects/default/servers';
const able = { roots: {} };

/** An orchestrator for the tests of a block; `policies` by name of a server that asks. */
function orchestrated(env, policies) {
    const world = { workspace: new Workspace() };
    before(async () => {
        world.orchestrator = await Orchestrator.start(world.workspace, { env, servers:
            Object.fromEntries(Object.entries(policies).map(([name, { flags }]) =>
                [name, asking({}, flags)])) });
        world.key = await world.orchestrator.createKey('one');
        for (const [name, { policy }] of Object.entries(policies)) {
            const { status, text } = await world.orchestrator.api(`${servers}/${name}`,
                { method: 'PUT', body: { process_policy: policy } });
            assert.equal(status, 200, text);
        }
    });
    after(() => world.orchestrator?.dispose());
    world.open = (server, { key = world.key, capabilities = {} } = {}) =>
        connect(world.orchestrator, 'server_http', { server, key, name: 'client', capabilities });
    world.pidOf = async (session) => (await session.json('who')).pid;
    world.alive = (pid) => world.workspace.serverProcesses.some((process) => process.pid === pid);
    world.waiting = (name, count) => eventually(`${count} calls waiting for a process`, async () =>
        (await world.orchestrator.server(name)).process.waiting === count);
    world.instances = async (name) => (await world.orchestrator.server(name)).process.instances;
    world.lines = async (name, text) => (await world.orchestrator.api(
        `${servers}/${name}/logs?search_text=${encodeURIComponent(text)}`)).json.logs;
    return world;
}

const closeAll = (sessions) => Promise.all(sessions.map((session) => session.close()));

describe('places', () => {
    const world = orchestrated(
        { MCP_ORCH_SERVERS_PROCESSES_MAX: '2', MCP_ORCH_SERVERS_HANDSHAKE_TIMEOUT: '3s' },
        { own: { policy: 'per-session' }, user: { policy: 'per-user' },
            pool: { policy: 'pool(2)' }, shared: { policy: 'shared' } });

    test('a client beyond the processes that there may be waits until one ends', async () => {
        const [first, second, late] = await Promise.all(
            [1, 2, 3].map(() => world.open('own')));
        const pids = [await world.pidOf(first), await world.pidOf(second)];
        assert.equal(await world.instances('own'), 2);
        let answered = false;
        const waiting = world.pidOf(late).then((pid) => { answered = true; return pid; });
        await world.waiting('own', 1);
        await eventually('the log telling of it', async () =>
            (await world.lines('own', 'runs as many processes as it may (2)')).length > 0);
        assert.equal(answered, false);
        await first.close();
        const pid = await waiting;
        assert.ok(!pids.includes(pid));
        assert.equal(world.alive(pids[0]), false);
        await closeAll([second, late]);
        await eventually('no process', async () => await world.instances('own') === 0);
    });

    test('who waits too long is told which server and why', async () => {
        const sessions = await Promise.all([1, 2, 3].map(() => world.open('own')));
        await world.pidOf(sessions[0]);
        await world.pidOf(sessions[1]);
        await assert.rejects(world.pidOf(sessions[2]), (error) =>
            /server 'own' runs as many processes as it may \(2\)/.test(error.message)
            && /none became free within 3000 ms/.test(error.message));
        await closeAll(sessions);
    });

    test('a client that has many does not keep others out', async () => {
        const key = await world.orchestrator.createKey('other');
        const greedy = await Promise.all([1, 2, 3].map(() => world.open('own')));
        const other = await world.open('own', { key });
        await world.pidOf(greedy[0]);
        await world.pidOf(greedy[1]);
        const order = [];
        const third = world.pidOf(greedy[2]).then(() => order.push('greedy'));
        await world.waiting('own', 1);
        const newcomer = world.pidOf(other).then(() => order.push('other'));
        await world.waiting('own', 2);
        await greedy[0].close();
        await newcomer;
        await greedy[1].close();
        await third;
        assert.deepEqual(order, ['other', 'greedy']);
        await closeAll([greedy[2], other]);
    });

    test('a user has one process, which outlives the session', async () => {
        const [one, two] = await Promise.all([world.open('user'), world.open('user')]);
        const pid = await world.pidOf(one);
        assert.equal(await world.pidOf(two), pid);
        const key = await world.orchestrator.createKey('another user');
        const other = await world.open('user', { key });
        assert.notEqual(await world.pidOf(other), pid);
        await closeAll([one, two]);
        const again = await world.open('user');
        assert.equal(await world.pidOf(again), pid);
        await again.close();
        // Two more users need both places.
        const more = await world.open('user',
            { key: await world.orchestrator.createKey('third user') });
        await world.pidOf(more);
        assert.equal(world.alive(pid), false);
        await closeAll([other, more]);
    });

    test('a pool has as many processes as it says, and none hears a second initialize', async () => {
        const sessions = await Promise.all(Array.from({ length: 12 }, () => world.open('pool')));
        const known = await Promise.all(sessions.map((session) => session.json('who')));
        assert.equal(new Set(known.map(({ pid }) => pid)).size, 2);
        assert.ok(known.every(({ hellos }) => hellos === 1));
        await closeAll(sessions);
    });

    test('a shared process hears no second initialize', async () => {
        const sessions = await Promise.all([1, 2, 3].map(() => world.open('shared')));
        const known = await Promise.all(sessions.map((session) => session.json('who')));
        assert.equal(new Set(known.map(({ pid }) => pid)).size, 1);
        assert.ok(known.every(({ hellos }) => hellos === 1));
        assert.equal(await world.instances('shared'), 1);
        await closeAll(sessions);
    });
});

describe('lives', () => {
    const world = orchestrated({ MCP_ORCH_SERVERS_PROCESS_CALLS_MAX: '3' },
        { shared: { policy: 'shared' }, own: { policy: 'per-session' } });

    test('a process that was sent its calls answers them, and a fresh one has the rest', async () => {
        const session = await world.open('shared');
        const path = join(world.workspace.shared, 'go');
        let answered = false;
        const held = session.json('wait_for_file', { path })
            .then((answer) => { answered = true; return answer; });
        const old = await world.pidOf(session);
        assert.equal(await world.pidOf(session), old);
        const fresh = await world.pidOf(session);
        assert.notEqual(fresh, old);
        assert.equal(answered, false);
        assert.equal(world.alive(old), true);
        writeFileSync(path, '');
        assert.equal((await held).pid, old);
        await eventually('the old process being gone', () => !world.alive(old));
        assert.equal(world.alive(fresh), true);
        const { process } = await world.orchestrator.server('shared');
        assert.deepEqual([process.starts, process.restarts], [2, 0]);
        await eventually('the log telling of it', async () =>
            (await world.lines('shared', 'a fresh process takes its place')).length === 1);
        await session.close();
    });

    test('the process of a session is replaced between its calls', async () => {
        const session = await world.open('own');
        const pids = [];
        for (let call = 0; call < 7; ++call) {
            pids.push(await world.pidOf(session));
        }
        assert.equal(new Set(pids).size, 3);
        assert.deepEqual(pids, [...pids].sort((left, right) =>
            pids.indexOf(left) - pids.indexOf(right)));
        await session.close();
    });
});

describe('probes', () => {
    const world = orchestrated({}, { curious: { policy: 'auto', flags: ['--curious'] },
        content: { policy: 'auto' }, settled: { policy: 'shared', flags: ['--curious'] } });
    const names = ['curious', 'content', 'settled'];
    const needs = async () => Object.fromEntries(await Promise.all(names.map(async (name) =>
        [name, (await world.orchestrator.server(name)).process.needs_client])));
    const starts = async () => Promise.all(names.map(async (name) =>
        (await world.orchestrator.server(name)).process.starts));
    const runs = async () => (await world.orchestrator.api('/api/workers/history')).json.length;

    /** Starts it anew with a check overdue, and waits for that. */
    const checkOverdue = async () => {
        const known = await runs();
        await query(world.orchestrator, `UPDATE refresh_schedule SET
            resumed_at = now() - interval '1 day', last_execution = now() - interval '1 hour';`);
        assert.equal((await world.orchestrator.stop()).code, 0);
        world.orchestrator = await Orchestrator.start(world.workspace);
        await eventually('the overdue run', async () => await runs() > known, 4 * guardMs);
    };

    test('a routine check finds out once which sleeping servers ask their clients', async () => {
        const sessions = await Promise.all(names.map((name) => world.open(name)));
        await Promise.all(sessions.map(world.pidOf));
        await closeAll(sessions);
        assert.deepEqual(await needs(), { curious: null, content: null, settled: null });
        const before = await starts();
        await checkOverdue();
        assert.deepEqual(await needs(), { curious: true, content: false, settled: null });
        assert.deepEqual(await starts(), before);
        assert.equal(world.workspace.serverProcesses.length, 0);
        await checkOverdue();
        assert.deepEqual(await needs(), { curious: true, content: false, settled: null });
        await eventually('both probes in the log', async () => (await Promise.all(names.map(
            async (name) => (await world.lines(name, 'probing')).length))).join() === '1,1,0');
    });

    test('clients that can be asked get a process of their own then, others share', async () => {
        const pids = async (name, capabilities) => {
            const sessions = await Promise.all([1, 2].map(() => world.open(name, { capabilities })));
            const found = await Promise.all(sessions.map(world.pidOf));
            await closeAll(sessions);
            return new Set(found).size;
        };
        assert.equal(await pids('curious', able), 2);
        assert.equal(await pids('curious', {}), 1);
        assert.equal(await pids('content', able), 1);
        assert.equal(await pids('settled', able), 1);
    });
});
