// Lists and details answer from what is stored: with servers that never answer, nothing waits and
// nothing starts.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const project = '/api/projects/default';
const password = 'a quiet harbour at dusk';

let orchestrator;
let owner;

before(async () => {
    const asleep = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`asleep${index}`,
        { command: 'sleep', args: ['3600'] }]));
    orchestrator = await Orchestrator.start(workspace,
        { servers: { ...asleep, good: faulty([]) } });
    await orchestrator.api('/api/users/admin', { method: 'POST',
        body: { name: 'ada', email: 'ada@example.org', password } });
    await orchestrator.api(`${project}/members`, { method: 'POST',
        body: { email: 'ada@example.org', role: 'owner' } });
    owner = new Browser(orchestrator);
    assert.equal((await owner.logIn('ada@example.org', password)).status, 200);
});

after(() => orchestrator?.dispose());

const nothingStarted = async () => {
    assert.deepEqual(workspace.serverProcesses, []);
    for (const { process } of (await owner.get(`${project}/servers`)).json) {
        assert.deepEqual([process.pid, process.starts], [0, 0]);
    }
};

test('88-2: list and details of ten servers that never answer start no process', async () => {
    const { json } = await owner.get(`${project}/servers`);
    assert.equal(json.length, 10);
    for (const { id } of json) {
        assert.equal((await owner.get(`${project}/servers/${id}`)).status, 200);
    }
    await nothingStarted();
});

test('89-1: one list has everything that a card shows', async () => {
    for (const server of (await owner.get(`${project}/servers`)).json) {
        for (const field of ['id', 'name', 'display_name', 'description', 'status', 'tools_count',
            'last_error', 'last_checked', 'last_connected', 'last_used_at', 'is_enabled',
            'auth_required', 'transport_type']) {
            assert.ok(field in server, field);
        }
    }
});

test('88-1: the detail of a project is whole, real, and asks no server', async () => {
    const { json } = await owner.get(project);
    assert.deepEqual([json.name, json.server_count, json.member_count], ['default', 10, 1]);
    assert.ok(json.created_at && json.updated_at && 'description' in json);
    assert.deepEqual(json.members.map(({ user_name, user_email, role, invited_as }) =>
        [user_name, user_email, role, invited_as]),
    [['ada', 'ada@example.org', 'owner', 'individual']]);
    assert.equal(json.recent_activity[0].action, 'member_invited');
    await nothingStarted();
});

test('90-1: members, keys, activities and settings ask no server', async () => {
    for (const path of ['members', 'api-keys', 'activities', 'activities/summary', 'security',
        'favorites', 'tool-preferences', 'available-teams']) {
        assert.equal((await owner.get(`${project}/${path}`)).status, 200, path);
    }
    await nothingStarted();
});

test('87-3: refreshing one server changes that one and no other', async () => {
    const byName = async () => Object.fromEntries(
        (await owner.get(`${project}/servers`)).json.map((server) => [server.name, server]));
    const began = await byName();
    const { status, json } = await owner.post(`${project}/servers/good/refresh-status`);
    assert.equal(status, 200);
    assert.equal(json.status, 'online');
    assert.equal(json.tools_count, json.tools.length);
    assert.ok(Date.parse(json.refreshed_at));
    const now = await byName();
    assert.equal(now.good.status, 'online');
    assert.equal(now.good.tools_count, json.tools_count);
    assert.deepEqual({ ...now, good: null }, { ...began, good: null });
});

test('89-2: refresh, toggle and both forms of delete work with a cookie', async () => {
    assert.equal((await owner.post(`${project}/servers/good/refresh-status`)).status, 200);
    assert.equal((await owner.post(`${project}/servers/asleep0/toggle`)).json.is_enabled, false);
    const { id } = (await owner.get(`${project}/servers/asleep1`)).json;
    assert.equal((await owner.delete(`${project}/servers?serverId=${id}`)).status, 200);
    assert.equal((await owner.delete(`${project}/servers/asleep2`)).status, 200);
    assert.equal((await owner.get(`${project}/servers`)).json.length, 8);
});

test('86-1: there is a sign-in by e-mail and password and by nothing else', async () => {
    const { json: { paths } } = await orchestrator.api('/openapi.json');
    const signIn = Object.keys(paths).filter((path) => /login|signin|oauth|auth|sso|saml/i
        .test(path));
    assert.deepEqual(signIn, ['/api/users/login']);
    const { schema } = paths[signIn[0]].post.requestBody.content['application/json'];
    assert.deepEqual(Object.keys(schema.properties), ['email', 'password']);
});
