// The administrative interface answers from what is stored, and tells no secrets.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect } from './support/client.mjs';
import { eventually, within } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const starts = join(workspace.shared, 'starts');
const secret = `secret-${randomUUID()}`;
const env = { API_TOKEN: secret };
const servers = {
    good: faulty(['--starts', starts], { env }),
    other: faulty([], { env }),
    hanging: faulty(['--silent', '--starts', `${starts}-hanging`], { env }),
    broken: { command: '/nonexistent/program', args: [], env },
};
const base = '/api/projects/default/servers';

let orchestrator;
let key;
const everythingSaid = [];

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers });
    key = await orchestrator.createKey('rest');
});

after(() => orchestrator?.dispose());

async function api(path, options) {
    const answer = await orchestrator.api(path, options);
    everythingSaid.push(answer.text);
    return answer;
}

const listed = async () => new Map((await api(base)).json.map((server) => [server.name, server]));

test('the list of servers starts none', async () => {
    for (let round = 0; round < 10; ++round) {
        const all = await listed();
        assert.deepEqual([...all.keys()].sort(), Object.keys(servers).sort());
        assert.ok([...all.values()].every((server) => server.status === 'unknown'
            || server.status === 'stopped'));
    }
    assert.deepEqual(workspace.serverProcesses, []);
    assert.equal(existsSync(starts), false);
});

test('projects are listed with what they hold', async () => {
    const { status, json } = await api('/api/projects');
    assert.equal(status, 200);
    const project = json.find((one) => one.name === 'default');
    assert.equal(project.server_count, 4);
});

test('a refresh of one server asks that one only', async () => {
    const { status, json } = await api(`${base}/good/refresh-status`, { method: 'POST' });
    assert.equal(status, 200);
    assert.equal(json.status, 'online');
    assert.ok(json.tools_count > 10);
    assert.ok(json.tools.some((tool) => tool.name === 'echo'));
    assert.match(json.refreshed_at, /Z$/);
    const all = await listed();
    assert.equal(all.get('good').tools_count, json.tools_count);
    assert.notEqual(all.get('other').status, 'online');
});

test('a refresh of all is not held up by one that hangs', async () => {
    const refreshing = api(`${base}/refresh-status`, { method: 'POST' });
    const pid = Number(await eventually('the start of the hanging server', () =>
        existsSync(`${starts}-hanging`) && readFileSync(`${starts}-hanging`, 'utf8').trim()));
    await eventually('the others being done', async () => {
        const all = await listed();
        return all.get('other').status === 'online' && all.get('broken').status === 'error';
    });
    process.kill(pid, 'SIGKILL');
    const { status, json } = await within('the refresh', refreshing);
    assert.equal(status, 200);
    const states = Object.values(json.servers).map((server) => server.status).sort();
    assert.deepEqual(states, ['error', 'error', 'online', 'online']);
});

test('a server is shown with its tools, an unknown one is 404', async () => {
    const { json } = await api(`${base}/good`);
    assert.equal(json.name, 'good');
    const echo = json.tools.find((tool) => tool.name === 'echo');
    assert.equal((echo.inputSchema ?? echo.schema).type, 'object');
    assert.equal((await api(`${base}/nobody`)).status, 404);
    assert.equal((await api('/api/projects/nobody/servers')).status, 404);
});

test('a tool can be executed', async () => {
    const { status, json } = await api(`${base}/good/tools/echo/execute`,
        { method: 'POST', body: { arguments: { nonce: 'rest' } } });
    assert.equal(status, 200);
    assert.equal(json.success, true);
    assert.equal(JSON.parse(json.result.content[0].text).nonce, 'rest');
    assert.match(json.executed_at, /Z$/);
    const bad = await api(`${base}/good/tools/echo/execute`, { method: 'POST', body: '{"argu' });
    assert.ok([400, 422].includes(bad.status));
});

const imported = (mcpServers) => ({ config: { mcpServers } });

test('a project key reads and calls, but changes nothing', async () => {
    assert.equal((await api(base, { token: key })).status, 200);
    for (const [path, body] of [[`${base}/import`, imported({ sneaked: faulty() })],
        ['/api/projects/default/api-keys', { name: 'more' }]]) {
        assert.equal((await api(path, { method: 'POST', body, token: key })).status, 403, path);
        const anonymous = await api(path, { method: 'POST', body, token: null });
        assert.equal(anonymous.status, 401);
        assert.match(anonymous.headers.get('www-authenticate'), /^Bearer/);
        assert.equal((await api(path, { method: 'POST', body, token: 'wrong' })).status, 401);
    }
    assert.equal((await listed()).has('sneaked'), false);
    for (const path of ['/api/projects', base, '/api/tool-call-logs?project_id=default']) {
        assert.equal((await api(path, { token: null })).status, 401, path);
    }
});

test('importing twice doubles nothing and changes only what is named', async () => {
    const first = await listed();
    for (let round = 0; round < 2; ++round) {
        const { status } = await api(`${base}/import`,
            { method: 'POST', body: imported({ ...servers, added: faulty() }) });
        assert.equal(status, 200);
    }
    const second = await listed();
    assert.equal(second.size, 5);
    for (const [name, server] of first) {
        assert.equal(second.get(name).id, server.id);
    }
    await api(`${base}/import`, { method: 'POST',
        body: imported({ added: faulty(['--description', 'changed']) }) });
    const session = await connect(orchestrator, 'server_http', { server: 'added', key });
    assert.equal((await session.tools()).find((tool) => tool.name === 'echo').description,
        'changed');
    await session.close();
});

test('a restart shows the last known state without starting a server', async () => {
    await api(`${base}/broken/refresh-status`, { method: 'POST' });
    const earlier = await listed();
    assert.equal((await orchestrator.stop()).code, 0);
    orchestrator = await Orchestrator.start(workspace);
    const later = await listed();
    for (const name of ['good', 'other']) {
        assert.equal(later.get(name).tools_count, earlier.get(name).tools_count);
        assert.ok(later.get(name).tools_count > 10);
        assert.notEqual(later.get(name).status, 'unknown');
    }
    assert.match(later.get('broken').last_error, /nonexistent|No such file/);
    assert.equal(later.get('broken').status, 'error');
    assert.deepEqual(workspace.serverProcesses, []);
});

test('health is told to everybody, secrets to nobody', async () => {
    for (const path of ['/health', '/livez', '/readyz']) {
        assert.equal((await api(path, { token: null })).status, 200, path);
    }
    const session = await connect(orchestrator, 'server_http', { server: 'good', key });
    // The control: the server itself has the value.
    assert.equal((await session.json('environment')).API_TOKEN, secret);
    await session.call('echo', { nonce: 'plain', password: secret, api_key: secret });
    await session.close();
    await eventually('the row', async () => (await api(
        '/api/tool-call-logs?project_id=default&tool_name=echo')).text.includes('"plain"'));

    for (const path of [base, `${base}/good`, `${base}/broken`, '/api/projects',
        '/api/projects/default/sessions', '/metrics',
        '/api/tool-call-logs?project_id=default&tool_name=echo']) {
        await api(path);
        await api(path, { token: key });
    }
    await api(`${base}/broken/refresh-status`, { method: 'POST' });
    assert.deepEqual(everythingSaid.filter((text) => text.includes(secret)), []);
    const diagnostics = orchestrator.events.map((event) => event.message).join('\n');
    for (const hidden of [secret, key, orchestrator.adminToken]) {
        assert.equal(diagnostics.includes(hidden), false);
    }
});
