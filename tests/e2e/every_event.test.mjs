// Each change that the API offers writes one event; the table below is held against /openapi.json.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { makeOriginal } from './support/original_data.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const secret = `canary${randomUUID().replaceAll('-', '')}`;
const server = '/api/projects/{project}/servers/{server}';

/** Changes nothing that people would want to be told of, and why. */
const excused = {
    'POST /api/users/login': 'a session of a browser', 'POST /api/users/logout': 'the same',
    'POST /api/setup': 'only before the first account; identity.test.mjs',
    'POST /api/users/signup': 'sign-up is off here; identity.test.mjs',
    'PUT /api/profile': 'takes an account; identity.test.mjs',
    'PUT /api/profile/password': 'takes an account; identity.test.mjs',
    'DELETE /api/profile': 'takes an account; account_closing.test.mjs',
    'POST /api/users/admin/bulk-delete': 'account_closing.test.mjs',
    'POST /api/projects/{project}/leave': 'takes an account; ownership.test.mjs',
    'POST /api/teams/{team}/leave': 'takes an account; ownership.test.mjs',
    'POST /api/projects/{project}/transfer-ownership': 'as by administrators',
    'POST /api/teams/{team}/transfer-ownership': 'as by administrators',
    'POST /api/projects/{project}/favorites': 'a note to oneself',
    'DELETE /api/projects/{project}/favorites': 'the same',
    'DELETE /api/projects/{project}/favorites/{favorite}': 'the same',
    'POST /api/projects/{project}/log-views': 'the same',
    'PUT /api/projects/{project}/log-views/{view}': 'the same',
    'DELETE /api/projects/{project}/log-views/{view}': 'the same',
    'POST /api/projects/{project}/servers/refresh-status': 'a look, no change',
    [`POST ${server}/refresh-status`]: 'a look, no change',
    'POST /api/workers/check-now': 'a look, no change',
    [`POST ${server}/tools/{tool}/execute`]: 'a call: the call log has it',
    'PUT /api/admin/api-keys/{key}': 'the handler of the project',
    'DELETE /api/admin/api-keys/{key}': 'the handler of the project',
};

let orchestrator;
let original;
const ids = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    original = await makeOriginal(orchestrator, faulty([]));
});

after(() => orchestrator?.dispose());

const send = async (method, path, body) => {
    const answer = await orchestrator.api(path.replace(/\{(\w+)\}/g, (_, part) => ids[part]),
        { method, body });
    assert.ok(answer.status < 300, `${method} ${path}: ${answer.text}`);
    return answer.json;
};
const keep = (name, field = 'id') => (json) => { ids[name] = json[field]; };
const launch = () => {
    const { command, args, env } = faulty([], { env: { SECRET: secret } });
    return { command, args, env };
};

/** In the order in which they can be done: operation, action, body, what to keep. */
const steps = [
    ['POST /api/users/admin', 'user_joined',
        { name: 'ada', email: 'ada@example.net', password: secret }, keep('user')],
    ['PUT /api/users/admin/{user}', 'user_updated', { name: 'Ada' }],
    ['POST /api/users/admin/{user}/password', 'user_updated', { password: `${secret}x` }],
    ['POST /api/teams', 'team_created', { name: 'Crew' }, keep('team')],
    ['PUT /api/teams/{team}', 'team_updated', { description: 'all hands' }],
    ['POST /api/teams/{team}/members/invite', 'team_member_joined', { email: 'ada@example.net' }],
    ['PUT /api/teams/{team}/members/{user}/role', 'team_member_role_changed', { role: 'reporter' }],
    ['POST /api/projects', 'project_created', { name: 'shop' }, keep('project')],
    ['PUT /api/projects/{project}', 'project_updated', { description: 'sells' }],
    ['PUT /api/projects/{project}/security', 'project_security_updated', { naming_mode: 'never' }],
    ['POST /api/projects/{project}/members', 'member_invited', { email: 'ada@example.net' },
        keep('member')],
    ['PUT /api/projects/{project}/members/{member}', 'member_role_changed', { role: 'reporter' }],
    ['DELETE /api/projects/{project}/members/{member}', 'member_removed'],
    ['POST /api/projects/{project}/teams/invite', 'team_invited', () => ({ team_id: ids.team })],
    ['DELETE /api/projects/{project}/teams/{team}/members', 'team_removed'],
    ['POST /api/admin/projects/{project}/transfer-ownership', 'project_transferred',
        { new_owner_email: 'ada@example.net' }],
    ['POST /api/projects/{project}/servers', 'server_created',
        () => ({ name: 'one', ...launch() }), keep('server')],
    [`PUT ${server}`, 'server_updated', { env: { SECRET: `${secret}y` } }],
    [`POST ${server}/toggle`, 'server_toggled'],
    [`POST ${server}/toggle`, 'server_toggled'],
    [`POST ${server}/restart`, 'server_restarted'],
    [`POST ${server}/test-connection`, 'server_tested'],
    ['POST /api/projects/{project}/servers/test-connection', 'server_tested', launch],
    ['PUT /api/projects/{project}/tool-preferences/{server}/{tool}', 'tool_switched',
        { is_enabled: false }],
    ['PUT /api/projects/{project}/tool-preferences', 'tool_switched', () => ({ preferences: [
        { server_id: ids.server, tool_name: 'fail', is_enabled: false }] })],
    ['DELETE /api/projects/{project}/tool-preferences/{server}/{tool}', 'tool_switched'],
    ['POST /api/projects/{project}/servers/import', 'server_created',
        () => ({ config: { mcpServers: { two: launch() } } })],
    ['DELETE /api/projects/{project}/servers', 'server_deleted', undefined, undefined,
        '?serverId=two'],
    ['POST /api/projects/{project}/api-keys', 'api_key_created', { name: 'k' }, keep('key')],
    ['PUT /api/projects/{project}/api-keys/{key}', 'api_key_updated', { name: 'l' }],
    ['POST /api/projects/{project}/api-keys/{key}/rotate', 'api_key_rotated', {}],
    ['DELETE /api/projects/{project}/api-keys/{key}', 'api_key_deleted'],
    [`DELETE ${server}`, 'server_deleted'],
    ['POST /api/admin/secrets/rotate', 'secrets_rotated'],
    ['POST /api/workers/stop', 'scheduler_updated'],
    ['POST /api/workers/start', 'scheduler_updated'],
    ['POST /api/workers/restart', 'scheduler_updated'],
    ['PUT /api/workers/config', 'scheduler_updated', { server_check_interval: 60 }],
    ['POST /api/admin/migrations', 'data_migrated',
        () => ({ source: original.url, fernet_key: original.fernetKey })],
    ['POST /api/admin/teams/{team}/transfer-ownership', 'team_transferred',
        { new_owner_email: 'ada@example.net' }],
    ['POST /api/teams/{team}/members/invite', 'team_member_joined', { email: 'bert@example.org' }],
    ['DELETE /api/teams/{team}/members/{user}', 'team_member_removed', undefined, undefined, '',
        () => ({ user: original.people.bert.id })],
    ['DELETE /api/teams/{team}', 'team_deleted'],
    ['DELETE /api/projects/{project}', 'project_deleted'],
    ['DELETE /api/users/admin/{user}', 'user_deactivated'],
];

test('83-2: each change writes one event, with who, what and when, in the same request', async () => {
    ids.tool = 'echo';
    const seen = async () => (await send('GET', '/api/activities?limit=200')).activities;
    for (const [operation, action, body, remember, parameters = '', places] of steps) {
        const [method, path] = operation.split(' ');
        const kept = { ...ids };
        Object.assign(ids, places?.());
        const before = (await seen())[0]?.id;
        const began = Date.now() - 1_000;
        const made = await send(method, path + parameters,
            typeof body === 'function' ? body() : body);
        remember?.(made);
        const all = await seen();
        const fresh = all.slice(0, before === undefined ? all.length
            : all.findIndex(({ id }) => id === before));
        assert.deepEqual(fresh.map((event) => event.action), [action], operation);
        const [event] = fresh;
        assert.equal(event.actor, 'local-admin', operation);
        assert.ok(event.user_name && event.target_type && event.description, operation);
        const at = Date.parse(event.created_at);
        assert.ok(at >= began && at <= Date.now() + 1_000, operation);
        if (places !== undefined) {
            Object.assign(ids, kept);
        }
    }
    assert.ok(!JSON.stringify(await seen()).includes(secret));
});

test('83-2: no change of the API was forgotten, and no excuse is for nothing', async () => {
    const { paths } = await send('GET', '/openapi.json');
    const changes = Object.entries(paths).flatMap(([path, methods]) => Object.keys(methods)
        .filter((method) => method !== 'get').map((method) => `${method.toUpperCase()} ${path}`));
    const told = new Set(steps.map(([operation]) => operation));
    assert.deepEqual(changes.filter((one) => !told.has(one) && !(one in excused)), []);
    assert.deepEqual(Object.keys(excused).filter((one) => !changes.includes(one) || told.has(one)),
        []);
});

test('83-1: a change is in no log of servers or calls', async () => {
    const project = await send('POST', '/api/projects', { name: 'quiet' });
    const { activities } = await send('GET', `/api/projects/${project.id}/activities`);
    assert.deepEqual(activities.map(({ action }) => action), ['project_created']);
    const calls = await send('GET', `/api/tool-call-logs?project_id=${project.id}`);
    assert.equal(calls.total_count, 0);
    await send('POST', `/api/projects/${project.id}/servers`, { name: 'one', command: 'true' });
    assert.deepEqual((await send('GET', `/api/projects/${project.id}/server-logs`)).logs, []);
});

test('83-5: a feed can show tool calls, which stay in the call log alone', async () => {
    await send('POST', '/api/projects', { name: 'busy' });
    await send('POST', '/api/projects/busy/servers', { name: 'one', ...launch() });
    const { api_key: key } = await send('POST', '/api/projects/busy/api-keys', { name: 'k' });
    const session = await connect(orchestrator, 'server_http',
        { url: '/projects/busy/servers/one/mcp', server: 'one', key });
    await session.call('echo', { text: 'x' });
    await session.call('fail', {}).catch(() => {});
    await session.close();
    await eventually('both calls being stored', async () =>
        (await rows(orchestrator, { project_id: 'busy' })).length === 2);
    const feed = '/api/projects/busy/activities';
    const actions = async (query) =>
        (await send('GET', feed + query)).activities.map(({ action }) => action);
    assert.deepEqual(await actions('?include_tool_calls=true'), ['tool_failed', 'tool_executed',
        'api_key_created', 'server_created', 'project_created']);
    assert.deepEqual(await actions(''), ['api_key_created', 'server_created', 'project_created']);
    const page = await send('GET', `${feed}?include_tool_calls=true&limit=2`);
    assert.deepEqual(page.activities.map(({ action }) => action), ['tool_failed', 'tool_executed']);
    assert.deepEqual(await actions(`?include_tool_calls=true&limit=3&cursor=${page.next_cursor}`),
        ['api_key_created', 'server_created', 'project_created']);
    const refused = await orchestrator.api(
        `${feed}?include_tool_calls=true&action_filter=project_created`);
    assert.equal(refused.status, 400);
});

test('83-6: each request is a line of diagnostics, apart from the events', async () => {
    const began = (await send('GET', '/api/activities?limit=1')).activities[0].id;
    assert.equal((await orchestrator.api('/api/teams/none')).status, 404);
    const line = await orchestrator.event('the line of a request', ({ component, message }) =>
        component === 'http' && message.startsWith('GET /api/teams/{team} 404 '));
    assert.match(line.message, / \d+us principal=local-admin /);
    assert.equal((await send('GET', '/api/activities?limit=1')).activities[0].id, began);
});
