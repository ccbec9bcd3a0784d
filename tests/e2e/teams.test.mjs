// Teams: who is in one, and whole teams coming to projects and leaving them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';

let orchestrator;
const people = {};
const ids = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {},
        env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of ['ada', 'bob', 'eve']) {
        people[name] = new Browser(orchestrator);
        const email = `${name}@example.org`;
        await people[name].post('/api/users/signup', { name, email, password });
        assert.equal((await people[name].logIn(email, password)).status, 200);
        ids[name] = (await people[name].get('/api/profile')).json.id;
    }
});

after(() => orchestrator?.dispose());

const activitiesOf = async (team) => (await people.ada.get(`/api/teams/${team}/activity`)).json
    .activities.map(({ action, target_name }) => `${action} ${target_name}`);

test('whoever makes a team owns it; for others it is not there', async () => {
    const made = await people.ada.post('/api/teams', { name: 'The Tools', description: 'builds' });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual([made.json.slug, made.json.user_role, made.json.member_count],
        ['the-tools', 'owner', 1]);
    assert.equal((await people.ada.post('/api/teams', { name: 'The Tools' })).json.slug,
        'the-tools-2');
    assert.equal((await people.ada.delete('/api/teams/the-tools-2')).status, 200);
    for (const path of ['', '/members', '/projects', '/activity']) {
        assert.equal((await people.eve.get(`/api/teams/the-tools${path}`)).status, 404);
    }
    assert.deepEqual((await people.eve.get('/api/teams')).json, []);
    // 83-3: nothing is in the feed but what happened.
    assert.deepEqual(await activitiesOf('the-tools'), ['team_created The Tools']);
});

test('members are invited once, change roles, and the last owner stays', async () => {
    const invite = (email, role) =>
        people.ada.post('/api/teams/the-tools/members/invite', { email, role });
    assert.equal((await invite('bob@example.org', 'reporter')).status, 201);
    assert.equal((await invite('BOB@example.org', 'reporter')).status, 409);
    assert.equal((await invite('nobody@example.org', 'reporter')).status, 404);
    const { json } = await invite('nonsense', 'king');
    assert.deepEqual(json.errors.map(({ field }) => field), ['email', 'role']);
    assert.equal((await people.bob.get('/api/teams/the-tools')).json.user_role, 'reporter');
    assert.equal((await people.bob.put('/api/teams/the-tools', { name: 'Mine' })).status, 403);
    const role = (name, wanted) => people.ada.put(
        `/api/teams/the-tools/members/${ids[name]}/role`, { role: wanted });
    assert.equal((await role('ada', 'developer')).status, 409);
    assert.equal((await people.ada.delete(`/api/teams/the-tools/members/${ids.ada}`)).status, 409);
    assert.equal((await role('bob', 'developer')).json.role, 'developer');
    assert.equal((await role('eve', 'developer')).status, 404);
});

test('82-1: a whole team joins a project, and each project is listed with plain role texts',
    async () => {
        assert.equal((await people.ada.post('/api/projects', { name: 'shop' })).status, 201);
        const offered = (await people.ada.get('/api/projects/shop/available-teams')).json;
        assert.deepEqual(offered.map(({ name, total_members, participating_members }) =>
            [name, total_members, participating_members]), [['The Tools', 2, 1]]);
        const joined = await people.ada.post('/api/projects/shop/teams/invite',
            { team_id: 'the-tools', role: 'reporter' });
        assert.equal(joined.status, 201, joined.text);
        assert.deepEqual([joined.json.added_members, joined.json.skipped_members],
            [['bob'], ['ada']]);
        assert.deepEqual((await people.ada.get('/api/projects/shop/available-teams')).json, []);
        const [project] = (await people.bob.get('/api/teams/the-tools/projects')).json;
        assert.deepEqual([project.name, project.user_role, project.invited_as],
            ['shop', 'reporter', 'team_member']);
        const bob = (await people.ada.get('/api/projects/shop/members')).json
            .find(({ user_name }) => user_name === 'bob');
        assert.equal(bob.team_name, 'The Tools');
        assert.equal((await activitiesOf('the-tools'))[0], 'team_invited The Tools');
    });

test('a team that people came with stays until it has left its projects', async () => {
    assert.equal((await people.ada.delete('/api/teams/the-tools')).status, 409);
    const left = await people.ada.delete('/api/projects/shop/teams/the-tools/members');
    assert.equal(left.status, 200, left.text);
    assert.equal((await people.bob.get('/api/projects/shop')).status, 404);
    assert.equal((await people.ada.get('/api/projects/shop')).status, 200);
    assert.equal((await people.ada.delete('/api/projects/shop/teams/the-tools/members')).status,
        404);
    assert.equal((await people.ada.delete('/api/teams/the-tools')).status, 200);
    assert.deepEqual((await people.ada.get('/api/teams')).json, []);
});

test('a team of strangers is not brought by somebody who cannot see it', async () => {
    await people.eve.post('/api/teams', { name: 'hidden' });
    const answer = await people.ada.post('/api/projects/shop/teams/invite', { team_id: 'hidden' });
    assert.equal(answer.status, 400);
    assert.deepEqual(answer.json.errors.map(({ field }) => field), ['team_id']);
});
