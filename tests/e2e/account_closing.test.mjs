// Accounts that are closed: by their people, many at once, and what statistics say then.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const users = '/api/users/admin';

let orchestrator;
const ids = {};

const admin = (path, method = 'GET', body) => orchestrator.api(path, { method, body });
const signedIn = async (name) => {
    const browser = new Browser(orchestrator);
    assert.equal((await browser.logIn(`${name}@example.org`, password)).status, 200);
    return browser;
};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    for (const name of ['ada', 'eve', 'kim', 'lee']) {
        const made = await admin(users, 'POST', { name, email: `${name}@example.org`, password,
            is_admin: ['ada', 'eve'].includes(name) });
        assert.equal(made.status, 201, made.text);
        ids[name] = made.json.id;
    }
});

after(() => orchestrator?.dispose());

test('whoever is the last owner of a project stays, and is told of which', async () => {
    const kim = await signedIn('kim');
    await kim.post('/api/projects', { name: 'kims' });
    const refused = await kim.delete('/api/profile');
    assert.equal(refused.status, 409);
    assert.match(refused.json.detail, /kims/);
    await kim.post('/api/projects/kims/members', { email: 'lee@example.org', role: 'owner' });
    assert.equal((await kim.delete('/api/profile')).status, 200);
    assert.equal((await kim.get('/api/profile')).status, 401);
    assert.equal((await kim.logIn('kim@example.org', password)).status, 401);
});

test('many accounts are closed, with a reason for each that stays', async () => {
    const unknown = '00000000-0000-4000-8000-000000000000';
    const lee = await signedIn('lee');
    const { status, json } = await admin(`${users}/bulk-delete`, 'POST',
        { user_ids: [ids.lee, unknown, 'x', ids.ada, ids.eve] });
    assert.equal(status, 200);
    assert.deepEqual(json.successful_deletions, [ids.lee, ids.ada]);
    assert.deepEqual(json.failed_deletions.map(({ user_id }) => user_id), [unknown, 'x', ids.eve]);
    assert.match(json.failed_deletions[2].reason, /last administrator/);
    assert.equal(json.total_processed, 5);
    assert.equal((await lee.get('/api/profile')).status, 401);
});

test('the last administrator closes neither the own account nor itself among many', async () => {
    const eve = await signedIn('eve');
    assert.equal((await eve.delete('/api/profile')).status, 409);
    const { json } = await eve.post(`${users}/bulk-delete`, { user_ids: [ids.eve] });
    assert.equal(json.failed_deletions.length, 1);
    assert.equal((await eve.get('/api/profile')).status, 200);
});

test('each account that was closed left one event', async () => {
    const { json } = await admin('/api/activities?action_filter=user_deactivated');
    assert.deepEqual(json.activities.map(({ target_name }) => target_name), ['ada', 'lee', 'kim']);
});

test('statistics count what is there', async () => {
    const { json } = await admin('/api/admin/stats');
    const { memory_bytes: memory, running_actors: actors, ...counts } = json;
    assert.ok(memory > 10_000_000 && memory < 1_000_000_000, `${memory}`);
    assert.ok(actors > 5, `${actors}`);
    assert.deepEqual(counts, { total_users: 4, active_users: 1, admin_users: 1, total_teams: 0,
        total_projects: 2, total_servers: 0, online_servers: 0, total_api_keys: 0,
        live_sessions: 0, waiting_for_database: 0 });
    assert.equal((await admin('/api/admin/stats', 'POST')).status, 405);
});
