// Projects and their members: who may see and do what, and what is remembered of it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const publicUrl = 'http://mcp.example.org:8000';
const password = 'a quiet harbour at dusk';

let orchestrator;
const people = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { one: faulty([]) }, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true',
            MCP_ORCH_SERVER_PUBLIC_URL: publicUrl } });
    for (const name of ['owner', 'developer', 'reporter', 'stranger']) {
        people[name] = new Browser(orchestrator);
        const email = `${name}@example.org`;
        assert.equal((await people[name].post('/api/users/signup', { name, email, password }))
            .status, 202);
        assert.equal((await people[name].logIn(email, password)).status, 200);
    }
});

after(() => orchestrator?.dispose());

const members = async () => (await people.owner.get('/api/projects/shop/members')).json;
const memberOf = async (name) => (await members()).find(({ user_name }) => user_name === name);

test('whoever makes a project owns it', async () => {
    const made = await people.owner.post('/api/projects', { name: 'shop', description: 'sells' });
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json.user_role, 'owner');
    assert.equal(made.json.created_by_name, 'owner');
    assert.equal((await people.owner.post('/api/projects', { name: 'shop' })).status, 409);
    assert.deepEqual((await people.owner.get('/api/projects')).json.map(({ name }) => name),
        ['shop']);
    assert.deepEqual((await people.stranger.get('/api/projects')).json, []);
});

test('a project says where clients reach it', async () => {
    assert.equal((await people.owner.get('/api/projects/shop')).json.public_url, publicUrl);
    assert.equal((await people.owner.get('/api/setup')).json.sign_up_open, true);
});

test('members are invited with a role, once', async () => {
    for (const role of ['developer', 'reporter']) {
        const invited = await people.owner.post('/api/projects/shop/members',
            { email: `${role}@example.org`, role, invited_as: 'external' });
        assert.equal(invited.status, 201, invited.text);
        assert.equal(invited.json.role, role);
        assert.equal(invited.json.invited_as, 'external');
        assert.equal(invited.json.invited_by_name, 'owner');
    }
    const twice = await people.owner.post('/api/projects/shop/members',
        { email: 'Developer@example.org' });
    assert.equal(twice.status, 409);
    const nobody = await people.owner.post('/api/projects/shop/members',
        { email: 'nobody@example.org' });
    assert.equal(nobody.status, 404);
    assert.deepEqual((await members()).map(({ role }) => role), ['owner', 'developer', 'reporter']);
});

test('a project says who may set what a stdio server runs, and that holds', async () => {
    for (const [name, may] of [['owner', true], ['developer', false], ['reporter', false]]) {
        const told = (await people[name].get('/api/projects/shop')).json.may_set_commands;
        assert.equal(told, may, name);
        const tried = await people[name].post('/api/projects/shop/servers/import',
            { config: { mcpServers: { one: { command: 'true' } } }, preview: true });
        assert.equal(tried.status, may ? 200 : 403, tried.text);
    }
});

test('each role does what it may', async () => {
    const status = async (name, method, path, body) =>
        (await people[name].request(`/api/projects/shop${path}`, { method, body })).status;
    assert.equal(await status('reporter', 'GET', '/servers'), 200);
    assert.equal(await status('reporter', 'GET', '/api-keys'), 403);
    assert.equal(await status('reporter', 'POST', '/api-keys', { name: 'k' }), 403);
    assert.equal(await status('developer', 'POST', '/api-keys', { name: 'k' }), 201);
    assert.equal(await status('developer', 'POST', '/members', { email: 'stranger@example.org' }),
        403);
    assert.equal(await status('developer', 'PUT', '', { description: 'mine' }), 403);
    assert.equal(await status('owner', 'PUT', '', { description: 'sells more' }), 200);
    for (const [method, path] of [['GET', ''], ['GET', '/servers'], ['GET', '/members'],
        ['DELETE', '']]) {
        assert.equal(await status('stranger', method, path), 404);
    }
});

test('the last owner stays', async () => {
    const owner = await memberOf('owner');
    const path = `/api/projects/shop/members/${owner.id}`;
    assert.equal((await people.owner.put(path, { role: 'reporter' })).status, 409);
    assert.equal((await people.owner.delete(path)).status, 409);
    const developer = await memberOf('developer');
    const second = `/api/projects/shop/members/${developer.id}`;
    assert.equal((await people.owner.put(second, { role: 'owner' })).status, 200);
    assert.equal((await people.owner.put(path, { role: 'developer' })).status, 200);
    assert.equal((await people.owner.put(second, { role: 'reporter' })).status, 403);
    assert.equal((await people.developer.put(path, { role: 'owner' })).status, 200);
});

test('whoever is removed sees nothing any more', async () => {
    const reporter = await memberOf('reporter');
    assert.equal((await people.reporter.get('/api/projects/shop/servers')).status, 200);
    const removed = await people.owner.delete(`/api/projects/shop/members/${reporter.id}`);
    assert.ok([200, 204].includes(removed.status), removed.text);
    assert.equal((await people.reporter.get('/api/projects/shop/servers')).status, 404);
});

test('what was done is told with who, what, and old and new', async () => {
    const { json } = await people.owner.get('/api/projects/shop/activities');
    const said = json.activities.map(({ user_name, action, target_name }) =>
        [user_name, action, target_name].join(' '));
    assert.deepEqual(said, [
        'owner member_removed reporter',
        'developer member_role_changed owner',
        'owner member_role_changed owner',
        'owner member_role_changed developer',
        'owner project_updated shop',
        'developer api_key_created k',
        'owner member_invited reporter',
        'owner member_invited developer',
        'owner project_created shop',
    ]);
    assert.deepEqual(json.activities[4].changes,
        { description: { from: 'sells', to: 'sells more' } });
    assert.deepEqual(json.activities[3].changes, { role: { from: 'developer', to: 'owner' } });
});

test('the feed is read in pages', async () => {
    const first = (await people.owner.get('/api/projects/shop/activities?limit=4')).json;
    assert.equal(first.activities.length, 4);
    const second = (await people.owner.get('/api/projects/shop/activities?limit=5'
        + `&cursor=${first.next_cursor}`)).json;
    assert.equal(second.activities.length, 5);
    assert.equal(second.activities[4].action, 'project_created');
});

test('the detail of a project tells all of it and asks no server', async () => {
    const { json } = await people.owner.get('/api/projects/shop');
    assert.equal(json.description, 'sells more');
    assert.equal(json.member_count, 2);
    assert.deepEqual(json.members.map(({ user_name }) => user_name), ['owner', 'developer']);
    assert.equal(json.recent_activity[0].action, 'member_removed');
    assert.deepEqual(workspace.serverProcesses, []);
});

test('explain says why somebody may or may not', async () => {
    const { id } = (await people.reporter.get('/api/profile')).json;
    const { json } = await people.owner.get(`/api/projects/shop/explain?principal=user:${id}`);
    const call = json.permissions.find(({ permission }) => permission === 'call_tools');
    assert.equal(call.outcome, 'hidden');
    assert.match(call.reason, /./);
});

test('explain names what stands between a key and a tool', async () => {
    const made = (await people.developer.post('/api/projects/shop/api-keys',
        { name: 'asked about' })).json;
    const ask = async (query) => (await people.owner.get(
        `/api/projects/shop/explain?principal=key:${made.id}${query}`)).json;
    const outcome = ({ permissions }, name) =>
        permissions.find(({ permission }) => permission === name).outcome;
    assert.equal((await ask('')).tool, null);
    assert.equal(outcome(await ask(''), 'call_tools'), 'allowed');
    const nowhere = await ask('&tool=files__echo');
    assert.equal(nowhere.tool.outcome, 'hidden');
    assert.match(nowhere.tool.reason, /no such server/);
    const path = `/api/projects/shop/api-keys/${made.id}`;
    assert.equal((await people.developer.put(path, { is_active: false })).status, 200);
    const revoked = await ask('&tool=echo');
    assert.equal(outcome(revoked, 'call_tools'), 'forbidden');
    assert.match(revoked.tool.reason, /revoked/);
});

test('a project goes with all that is in it', async () => {
    const key = (await people.developer.post('/api/projects/shop/api-keys', { name: 'last' })).json;
    const unified = { method: 'POST', token: key.api_key, body: { jsonrpc: '2.0', id: 1,
        method: 'ping' } };
    assert.notEqual((await orchestrator.api('/projects/shop/unified/mcp', unified)).status, 401);
    assert.ok([200, 204].includes((await people.owner.delete('/api/projects/shop')).status));
    assert.equal((await orchestrator.api('/projects/shop/unified/mcp', unified)).status, 401);
    assert.equal((await people.owner.get('/api/projects/shop')).status, 404);
    assert.deepEqual((await people.owner.get('/api/projects')).json, []);
});

test('bad bodies say which field is wrong, and change nothing', async () => {
    const refused = async (body) => {
        const answer = await people.owner.post('/api/projects', body);
        assert.ok(answer.status >= 400 && answer.status < 500, answer.text);
        return answer.json.detail;
    };
    assert.match(await refused({}), /name/);
    assert.match(await refused({ name: 7 }), /name/);
    assert.match(await refused({ name: 'x', colour: 'red' }), /colour/);
    assert.match(await refused({ name: 'n'.repeat(1024 * 1024) }), /name/);
    assert.match(await refused({ name: 'x', description: 'a\u0000b' }), /description/);
    assert.match(await refused('{"name": "x"'), /JSON|json/);
    assert.match(await refused([]), /object/i);
    assert.deepEqual((await people.owner.get('/api/projects')).json, []);
});
