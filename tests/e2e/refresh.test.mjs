// A refresh of all servers of a project, one of which never answers; and what is still known of
// them after a restart.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const path = '/api/projects/default/servers';
const good = ['one', 'two', 'three', 'four'];

let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, {
        servers: { ...Object.fromEntries(good.map((name) => [name, faulty([])])),
            hanging: faulty(['--silent']) },
        env: { MCP_ORCH_SERVERS_HANDSHAKE_TIMEOUT: '2s' } });
});

after(() => orchestrator?.dispose());

const list = async () => (await orchestrator.api(path)).json;
/** What a list says whether or not somebody checks the servers just then. */
const definitions = (servers) => servers.map(({ id, name, command, args, is_enabled }) =>
    ({ id, name, command, args, is_enabled }));

test('87-4: one time-out, four good results, all stored; lists answer all the while', async () => {
    const before = await list();
    assert.deepEqual(before.map(({ status }) => status), new Array(5).fill('unknown'));
    assert.deepEqual(workspace.serverProcesses, []);
    const refreshing = orchestrator.api(`${path}/refresh-status`, { method: 'POST' });
    let lists = 0;
    const done = refreshing.then((answer) => ({ answer }));
    for (;;) {
        const during = await Promise.race([done, list()]);
        if (during.answer !== undefined) {
            break;
        }
        assert.deepEqual(definitions(during), definitions(before));
        ++lists;
    }
    assert.ok(lists > 0, 'no list was asked for meanwhile');
    const { status, json } = await refreshing;
    assert.equal(status, 200);
    const results = Object.values(json.servers);
    assert.deepEqual(results.filter((one) => one.status === 'online').map(({ name }) => name)
        .sort(), [...good].sort());
    const [failed] = results.filter((one) => one.status !== 'online');
    assert.equal(failed.name, 'hanging');
    assert.match(failed.error, /handshake|in time/);
    const stored = new Map((await list()).map((server) => [server.name, server]));
    for (const { name, status: told, tools_count } of results) {
        assert.equal(stored.get(name).status, told);
        assert.equal(stored.get(name).tools_count, tools_count);
        assert.notEqual(stored.get(name).last_checked, null);
    }
});

test('87-2: after a restart status, tools, times and counters are still true', async () => {
    const before = await list();
    assert.equal((await orchestrator.stop()).code, 0);
    orchestrator = await Orchestrator.start(workspace);
    const later = await list();
    const kept = (servers) => servers.map(({ name, tools_count, last_checked, last_connected,
        process: { starts, restarts } }) =>
        ({ name, tools_count, last_checked, last_connected, starts, restarts }));
    assert.deepEqual(kept(later), kept(before));
    assert.ok(later.every(({ process: { starts } }) => starts > 0));
    assert.deepEqual(later.map(({ name, status }) => [name, status]).sort(),
        [...good.map((name) => [name, 'stopped']), ['hanging', 'error']].sort());
    assert.deepEqual(workspace.serverProcesses, []);
});

test('a server can be asked as soon as it was made', async () => {
    const { command, args, env } = faulty();
    for (let round = 0; round < 8; ++round) {
        const name = `fresh-${round}`;
        const made = await orchestrator.api(path, { method: 'POST',
            body: { name, command, args, env: { ...env, E2E_MARK: workspace.mark } } });
        assert.equal(made.status, 201, made.text);
        const { status, text } = await orchestrator.api(`${path}/${name}/refresh-status`,
            { method: 'POST' });
        assert.equal(status, 200, text);
    }
});
