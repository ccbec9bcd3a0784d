// What people ask of processes: their state, a trial of a definition, a refresh as it goes on, and
// the definitions back.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const servers = '/api/projects/default/servers';

let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {
        good: faulty([], { env: { API_TOKEN: 'canary' } }),
        broken: { command: 'false', args: [] },
    } });
});

after(() => orchestrator?.dispose());

const post = (path, body) => orchestrator.api(path, { method: 'POST', body });
const processOf = async (name) => (await orchestrator.api(`${servers}/${name}/process`)).json;
const noProcesses = () => eventually('no process of a server',
    () => workspace.serverProcesses.length === 0);

test('before it was started a server has no process and no history', async () => {
    const state = await processOf('good');
    assert.deepEqual([state.pid, state.processes, state.memory_bytes, state.started_at,
        state.uptime_seconds, state.last_exit, state.timeline],
    [0, 0, 0, null, null, null, []]);
    assert.deepEqual(workspace.serverProcesses, []);
});

test('a definition is tried out in a process of its own, which ends', async () => {
    const { command, args, env } = faulty([]);
    const marked = { ...env, E2E_MARK: workspace.mark };
    const tried = await post(`${servers}/test-connection`, { command, args, env: marked });
    assert.equal(tried.status, 200, tried.text);
    assert.equal(tried.json.success, true, tried.text);
    assert.ok(tried.json.tools_count > 0);
    assert.equal(tried.json.tools.length, tried.json.tools_count);
    assert.ok(tried.json.server_info.name);
    await noProcesses();
    assert.deepEqual((await orchestrator.api(servers)).json.map(({ name }) => name).sort(),
        ['broken', 'good']);
    assert.deepEqual((await processOf('good')).timeline, []);
    const { activities } = (await orchestrator.api('/api/projects/default/activities')).json;
    assert.equal(activities[0].action, 'server_tested');
});

test('a trial says why it failed, and waits no longer than it was told', async () => {
    const failing = await post(`${servers}/test-connection`, { command: 'false' });
    assert.equal(failing.json.success, false);
    assert.match(failing.json.error_message, /handshake|exit/);
    const missing = await post(`${servers}/test-connection`, { command: '/no/such/program' });
    assert.equal(missing.json.success, false);
    assert.match(missing.json.error_message, /no\/such\/program/);
    const silent = await post(`${servers}/test-connection`,
        { command: 'sleep', args: ['600'], env: { E2E_MARK: workspace.mark }, timeout: 1 });
    assert.equal(silent.json.success, false);
    assert.ok(silent.json.response_time_ms >= 900 && silent.json.response_time_ms < 10_000);
    await noProcesses();
    const wrong = await post(`${servers}/test-connection`, { command: 'x', timeout: 61 });
    assert.equal(wrong.status, 400);
    assert.deepEqual(wrong.json.errors.map(({ field }) => field), ['timeout']);
});

test('more trials than a few at once are refused, and their places come back', async () => {
    const slow = () => post(`${servers}/test-connection`,
        { command: 'sleep', args: ['600'], env: { E2E_MARK: workspace.mark }, timeout: 2 });
    const answers = await Promise.all(Array.from({ length: 6 }, slow));
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 200, 200, 200, 429, 429]);
    await noProcesses();
    const stored = await eventually('a free place', async () => {
        const answer = await post(`${servers}/good/test-connection`);
        return answer.status === 200 && answer;
    });
    assert.equal(stored.json.success, true, stored.text);
    await noProcesses();
});

test('a refresh tells of each server as it comes, and of all at the end', async () => {
    const response = await fetch(new URL(`${servers}/refresh-status`, orchestrator.url), {
        method: 'POST', headers: { authorization: `Bearer ${orchestrator.adminToken}`,
            accept: 'text/event-stream' } });
    assert.match(response.headers.get('content-type'), /^text\/event-stream/);
    const events = (await response.text()).split('\n\n').filter((text) => text !== '')
        .map((text) => Object.fromEntries(text.split('\n').map((line) => line.split(/: (.*)/s))));
    assert.deepEqual(events.map(({ event }) => event), ['server', 'server', 'done']);
    const states = Object.fromEntries(events.slice(0, 2).map(({ data }) => JSON.parse(data))
        .map(({ name, status }) => [name, status]));
    assert.deepEqual(states, { good: 'online', broken: 'error' });
    assert.equal(Object.keys(JSON.parse(events[2].data).servers).length, 2);
});

test('a process shows what it takes, and how it came and went', async () => {
    const alive = await processOf('good');
    assert.ok(alive.pid > 0);
    assert.ok(alive.processes >= 1);
    assert.ok(alive.memory_bytes > 1_000_000);
    assert.ok(alive.uptime_seconds >= 0);
    assert.equal(alive.last_exit, null);
    assert.deepEqual(alive.timeline.map(({ category }) => category), ['startup', 'handshake']);
    assert.ok(alive.server_info.version);
    assert.equal((await post(`${servers}/good/restart`)).json.status, 'online');
    const again = await processOf('good');
    assert.notEqual(again.pid, alive.pid);
    assert.equal(again.starts, alive.starts + 1);
    assert.match(again.last_exit, /^stopped/);
    assert.deepEqual(again.timeline.map(({ category }) => category),
        ['startup', 'handshake', 'shutdown', 'startup', 'handshake']);
    const { activities } = (await orchestrator.api('/api/projects/default/activities')).json;
    assert.equal(activities[0].action, 'server_restarted');
    const broken = await processOf('broken');
    assert.equal(broken.pid, 0);
    assert.equal(broken.timeline.at(-1).level, 'error');
});

test('what is exported can be imported again, but for the secrets', async () => {
    const exported = await orchestrator.api('/api/projects/default/servers-export');
    assert.doesNotMatch(exported.text, /canary/);
    assert.equal(exported.json.mcpServers.good.env.API_TOKEN, '${API_TOKEN}');
    await post('/api/projects', { name: 'copy' });
    const { json } = await post('/api/projects/copy/servers/import', { config: exported.json });
    assert.deepEqual(json.results.map(({ outcome }) => outcome), ['created', 'created']);
    const [before, now] = await Promise.all(['default', 'copy'].map(async (project) =>
        (await orchestrator.api(`/api/projects/${project}/servers-export`)).json));
    assert.deepEqual(now, before);
    const vscode = await orchestrator.api('/api/projects/default/servers-export?format=vscode');
    assert.ok(vscode.json.inputs.some(({ id, password }) => id === 'good-API_TOKEN' && password));
    const outcomes = async (project) => (await post(`/api/projects/${project}/servers/import`,
        { config: vscode.json })).json.results;
    // Where its secret is stored it stays; elsewhere nobody can be asked for it.
    assert.ok((await outcomes('default')).every(({ outcome }) => outcome === 'unchanged'));
    await post('/api/projects', { name: 'strange' });
    const good = (await outcomes('strange')).find(({ name }) => name === 'good');
    assert.equal(good.outcome, 'failed');
    assert.match(good.error, /needs the input "good-/);
});

test('an import refuses what could not be created, and tells why', async () => {
    const { json } = await post('/api/projects/default/servers/import', { config: { mcpServers: {
        files: { url: 'ftp://files.example' }, hasty: { command: 'true', timeout: 0.5 } } } });
    assert.deepEqual(json.results.map(({ name, outcome, error }) => [name, outcome, error]), [
        ['files', 'failed', 'url: a remote server needs one that begins with http:// or https://'],
        ['hasty', 'failed', 'timeout: 1 to 86400 seconds']]);
    assert.equal((await orchestrator.api('/api/projects/default/servers-export?format=x')).status,
        400);
});
