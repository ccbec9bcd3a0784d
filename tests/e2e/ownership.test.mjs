// Projects and teams change hands, and people leave by themselves; an owner always stays.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const email = (name) => `${name}@example.org`;
const people = {};

let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of ['ada', 'bert', 'cleo']) {
        people[name] = new Browser(orchestrator);
        await people[name].post('/api/users/signup', { name, email: email(name), password });
        assert.equal((await people[name].logIn(email(name), password)).status, 200);
    }
    await people.ada.post('/api/projects', { name: 'shop' });
    await people.ada.post('/api/projects/shop/members', { email: email('bert'), role: 'reporter' });
    await people.ada.post('/api/teams', { name: 'tools' });
    await people.ada.post('/api/teams/tools/members/invite', { email: email('bert'),
        role: 'reporter' });
});

after(() => orchestrator?.dispose());

const rolesIn = async (path) => Object.fromEntries((await orchestrator.api(path)).json.map(
    ({ user_name, name, role }) => [user_name ?? name, role]));
const transfer = (who, path, to) =>
    who.post(`${path}/transfer-ownership`, { new_owner_email: email(to) });
const newest = async (path) => (await orchestrator.api(path)).json.activities[0];

for (const [kind, path, members, feed] of [
    ['project', '/api/projects/shop', '/api/projects/shop/members', '/api/projects/shop/activities'],
    ['team', '/api/teams/tools', '/api/teams/tools/members', '/api/teams/tools/activity'],
]) {
    test(`an owner gives the ${kind} to a member and stays a developer`, async () => {
        assert.equal((await transfer(people.bert, path, 'bert')).status, 403);
        assert.equal((await transfer(people.ada, path, 'cleo')).status, 400);
        assert.equal((await transfer(people.ada, path, 'bert')).status, 200);
        assert.deepEqual(await rolesIn(members), { ada: 'developer', bert: 'owner' });
        const told = await newest(feed);
        assert.equal(told.action, `${kind}_transferred`);
        assert.deepEqual(told.changes.owner, { from: 'ada', to: 'bert' });
    });

    test(`the last owner of the ${kind} cannot leave, others can`, async () => {
        const refused = await people.bert.post(`${path}/leave`);
        assert.equal(refused.status, 409);
        assert.equal((await people.ada.post(`${path}/leave`)).status, 200);
        assert.deepEqual(await rolesIn(members), { bert: 'owner' });
        assert.equal((await newest(feed)).action, 'member_left');
        assert.equal((await people.ada.get(members)).status, 404);
    });

    test(`an administrator gives the ${kind} to anybody`, async () => {
        const admin = `/api/admin/${kind}s/${kind === 'project' ? 'shop' : 'tools'}`;
        assert.equal((await transfer(people.bert, admin, 'bert')).status, 403);
        const body = { new_owner_email: email('cleo') };
        const given = await orchestrator.api(`${admin}/transfer-ownership`,
            { method: 'POST', body });
        assert.equal(given.status, 200, given.text);
        assert.deepEqual(await rolesIn(members), { bert: 'developer', cleo: 'owner' });
        const nobody = await orchestrator.api(`${admin}/transfer-ownership`,
            { method: 'POST', body: { new_owner_email: 'nobody@example.org' } });
        assert.deepEqual([nobody.status, nobody.json.errors[0].field], [400, 'new_owner_email']);
    });
}

test('administrators see all projects and teams, page by page', async () => {
    const projects = (await orchestrator.api('/api/admin/projects?search=SHO')).json;
    assert.equal(projects.total, 1);
    assert.deepEqual([projects.projects[0].name, projects.projects[0].owner_email,
        projects.projects[0].member_count], ['shop', email('cleo'), 2]);
    const first = (await orchestrator.api('/api/admin/projects?per_page=1')).json;
    assert.deepEqual([first.total, first.projects.length], [2, 1]);
    const teams = (await orchestrator.api('/api/admin/teams')).json;
    assert.deepEqual(teams.teams.map(({ slug, owner_name }) => [slug, owner_name]),
        [['tools', 'cleo']]);
    assert.equal((await people.ada.get('/api/admin/projects')).status, 403);
    assert.equal((await people.ada.get('/api/admin/teams')).status, 403);
});
