// Servers are made, changed, switched and taken away through the REST API.

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const serversPath = '/api/projects/default/servers';
const password = 'a quiet harbour at dusk';
const marker = join(workspace.shared, 'canary');

let orchestrator;
const people = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {},
        env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const role of ['owner', 'developer', 'reporter']) {
        people[role] = new Browser(orchestrator);
        const email = `${role}@example.org`;
        await people[role].post('/api/users/signup', { name: role, email, password });
        assert.equal((await people[role].logIn(email, password)).status, 200);
        assert.equal((await orchestrator.api('/api/projects/default/members',
            { method: 'POST', body: { email, role } })).status, 201);
    }
});

after(() => orchestrator?.dispose());

const ask = (method, path, body) => orchestrator.api(`${serversPath}${path}`, { method, body });
const definition = (name, more = {}) => {
    const { command, args, env } = faulty([]);
    return { name, command, args, env: { E2E_MARK: workspace.mark, ...env }, ...more };
};

test('every field that is written is read back, but for what is secret', async () => {
    const made = await ask('POST', '', { name: 'whole', display_name: 'The whole',
        description: 'two\nlines', transport_type: 'stdio', command: '/bin/sh',
        args: ['-c', 'exit 3', ''], env: { A: 'secret-a', B: 'secret-b' }, cwd: '/tmp', url: '',
        headers: { 'X-One': 'secret-h' }, timeout: 12.5, is_enabled: false,
        jwt_auth_required: false, process_policy: 'pool(7)' });
    assert.equal(made.status, 201, made.text);
    for (const { json, text } of [made, await ask('GET', '/whole')]) {
        assert.equal(json.display_name, 'The whole');
        assert.equal(json.description, 'two\nlines');
        assert.equal(json.command, '/bin/sh');
        assert.deepEqual(json.args, ['-c', 'exit 3', '']);
        assert.deepEqual(json.env_names, ['A', 'B']);
        assert.deepEqual(json.header_names, ['X-One']);
        assert.equal(json.cwd, '/tmp');
        assert.equal(json.timeout, 12.5);
        assert.equal(json.is_enabled, false);
        assert.equal(json.jwt_auth_required, false);
        assert.equal(json.auth_required, false);
        assert.equal(json.process_policy, 'pool(7)');
        assert.equal(json.status, 'disabled');
        assert.ok(!/secret-/.test(text));
    }
});

test('a change leaves alone what it does not name, and null takes away', async () => {
    const changed = await ask('PUT', '/whole', { env: { A: null, C: 'secret-c' },
        jwt_auth_required: null });
    assert.equal(changed.status, 200, changed.text);
    assert.deepEqual(changed.json.env_names, ['B', 'C']);
    assert.equal(changed.json.jwt_auth_required, null);
    assert.equal(changed.json.auth_required, true);
    assert.equal(changed.json.description, 'two\nlines');
    const { json } = await orchestrator.api('/api/projects/default/activities?limit=1');
    assert.equal(json.activities[0].action, 'server_updated');
    assert.deepEqual(json.activities[0].changes, {
        env_names: { from: ['A', 'B'], to: ['B', 'C'] },
        jwt_auth_required: { from: false, to: null } });
});

test('a renamed server is found by its old name, another may not take either', async () => {
    assert.equal((await ask('PUT', '/whole', { name: 'renamed' })).json.name, 'renamed');
    assert.equal((await ask('GET', '/whole')).json.name, 'renamed');
    assert.deepEqual((await ask('GET', '/renamed')).json.aliases, ['whole']);
    assert.equal((await ask('POST', '', { name: 'renamed', command: 'x' })).status, 409);
    assert.equal((await ask('PUT', '/renamed', { name: 'whole' })).json.name, 'whole');
});

test('both ways to delete a server delete it', async () => {
    const { json: { id } } = await ask('POST', '', { name: 'short', command: 'true' });
    assert.equal((await ask('DELETE', `?serverId=${id}`)).status, 200);
    assert.equal((await ask('GET', `/${id}`)).status, 404);
    assert.equal((await ask('DELETE', '/whole')).status, 200);
    assert.equal((await ask('DELETE', '/whole')).status, 404);
    assert.deepEqual((await ask('GET', '')).json, []);
});

test('what is wrong is told all at once, and nothing is stored', async () => {
    const refused = await ask('POST', '', { name: 'a__b', transport_type: 'carrier', timeout: 0,
        args: ['a\u0000b'], env: { 'A=B': '1' }, headers: { 'a b': '1' }, cwd: 'x\ny',
        process_policy: 'pool(65)', description: 'd'.repeat(2000) });
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.json.errors.map(({ field }) => field).sort(), ['args[0]', 'command',
        'cwd', 'description', 'env.A=B', 'headers.a b', 'name', 'process_policy', 'timeout',
        'transport_type']);
    for (const body of ['{', '[]', { name: 7 }, { name: 'x' }, { name: 'x', command: 'y', more: 1 },
        { name: 'n'.repeat(1024 * 1024), command: 'x' },
        { name: 'x', command: 'y', args: new Array(10_000).fill('a') }]) {
        const { status, text } = await ask('POST', '', body);
        assert.equal(status, 400, text);
    }
    assert.deepEqual((await ask('GET', '')).json, []);
});

test('a server that is switched off stops, and starts when it is on and called', async () => {
    assert.equal((await ask('POST', '', definition('tool'))).status, 201);
    const key = await orchestrator.createKey('toggle');
    const session = await connect(orchestrator, 'server_http', { server: 'tool', key });
    await session.call('echo', {});
    assert.ok(workspace.serverProcesses.length > 0);
    assert.equal((await ask('POST', '/tool/toggle')).json.is_enabled, false);
    await eventually('the process being gone', () => workspace.serverProcesses.length === 0);
    assert.equal((await ask('GET', '/tool')).json.status, 'disabled');
    assert.equal((await ask('POST', '/tool/toggle')).json.is_enabled, true);
    await session.call('echo', {});
    await session.close();
});

test('a restart ends the process and starts another', async () => {
    const before = (await ask('GET', '/tool')).json.process;
    const restarted = await ask('POST', '/tool/restart');
    assert.equal(restarted.json.status, 'online', restarted.text);
    const now = (await ask('GET', '/tool')).json.process;
    assert.notEqual(now.pid, before.pid);
    assert.equal(now.starts, before.starts + 1);
});

test('V-04: below the role that the setting asks for, nobody says what runs', async () => {
    const canary = { command: '/bin/sh', args: ['-c', `touch ${marker}`] };
    const config = { mcpServers: { canary } };
    const attempts = (who) => [
        who.post(serversPath, { name: 'canary', ...canary }),
        who.put(`${serversPath}/tool`, canary),
        who.put(`${serversPath}/tool`, { env: { NODE_OPTIONS: '--require=/tmp/x' } }),
        who.post(`${serversPath}/import`, { config }),
        who.post(`${serversPath}/import`, { config, preview: true }),
        who.post(`${serversPath}/test-connection`, canary),
    ];
    for (const role of ['developer', 'reporter']) {
        for (const answer of await Promise.all(attempts(people[role]))) {
            assert.equal(answer.status, 403, answer.text);
        }
    }
    const said = await people.developer.post(serversPath, { name: 'canary', ...canary });
    assert.match(said.json.detail, /security\.stdio_servers = owner/);
    const described = await people.developer.put(`${serversPath}/tool`, { description: 'mine' });
    assert.equal(described.status, 200, described.text);
    const made = await people.owner.post(serversPath, { name: 'by-owner', command: 'true' });
    assert.equal(made.status, 201, made.text);
    assert.ok(!existsSync(marker));
});

test('87-1: lists, details and tools start no process, however a server would hang', async () => {
    const hanging = { command: 'sleep', args: ['100000'], env: { E2E_MARK: workspace.mark } };
    assert.equal((await ask('POST', '/tool/toggle')).json.is_enabled, false);
    await eventually('the process being gone', () => workspace.serverProcesses.length === 0);
    for (const name of ['hang1', 'hang2', 'hang3']) {
        assert.equal((await ask('POST', '', { name, ...hanging })).status, 201);
    }
    for (const path of ['', '/hang1', '/hang1/tools']) {
        assert.equal((await ask('GET', path)).status, 200);
    }
    assert.equal((await orchestrator.api('/api/projects/default')).status, 200);
    for (const { process: { starts, pid } } of (await ask('GET', '')).json
        .filter(({ name }) => name.startsWith('hang'))) {
        assert.deepEqual({ starts, pid }, { starts: 0, pid: 0 });
    }
    assert.deepEqual(workspace.serverProcesses, []);
});
