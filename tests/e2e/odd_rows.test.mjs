// Rows that an older system or a hand left behind: text that is no known value breaks no list.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { query } from './support/database.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';

let orchestrator;
const people = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of ['ada', 'bert']) {
        people[name] = new Browser(orchestrator);
        const email = `${name}@example.org`;
        await people[name].post('/api/users/signup', { name, email, password });
        assert.equal((await people[name].logIn(email, password)).status, 200);
    }
    await people.ada.post('/api/teams', { name: 'tools' });
    await people.ada.post('/api/teams/tools/members/invite', { email: 'bert@example.org' });
    await people.ada.post('/api/projects', { name: 'shop' });
    await people.ada.post('/api/projects/shop/teams/invite', { team_id: 'tools' });
    await people.ada.post('/api/projects/shop/api-keys', { name: 'k' });
    await people.ada.post('/api/projects/shop/servers', { name: 'one', command: 'true' });
});

after(() => orchestrator?.dispose());

test('82-2: odd roles, ways of invitation, scopes and actions are read as the least', async () => {
    const bert = "(SELECT id FROM users WHERE name = 'bert')";
    const ada = "(SELECT id FROM users WHERE name = 'ada')";
    await query(orchestrator, `
        UPDATE project_members SET role = 'OWNER', invited_as = 'INDIVIDUAL' WHERE user_id = ${ada};
        UPDATE project_members SET role = 'ProjectRole.MAINTAINER', invited_as = 'guest'
            WHERE user_id = ${bert};
        UPDATE team_members SET role = 'Owner' WHERE user_id = ${ada};
        UPDATE team_members SET role = 'chief' WHERE user_id = ${bert};
        UPDATE projects SET naming = 'sometimes' WHERE name = 'shop';
        UPDATE servers SET policy = 'each_one' WHERE name = 'one';
        UPDATE activities SET type = 'SERVER_EXPLODED' WHERE type = 'api_key_created';`);
    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace,
        { env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const [name, browser] of Object.entries(people)) {
        const again = new Browser(orchestrator);
        people[name] = again;
        assert.equal((await again.logIn(`${name}@example.org`, password)).status, 200, `${browser}`);
    }
    const members = await people.ada.get('/api/projects/shop/members');
    assert.equal(members.status, 200);
    assert.deepEqual(members.json.map(({ user_name, role, invited_as }) =>
        [user_name, role, invited_as]).sort(),
    [['ada', 'owner', 'individual'], ['bert', 'reporter', 'external']]);
    const team = await people.ada.get('/api/teams/tools/members');
    assert.deepEqual(team.json.map(({ name, role }) => [name, role]).sort(),
        [['ada', 'owner'], ['bert', 'reporter']]);
    for (const path of ['/api/projects', '/api/teams', '/api/projects/shop',
        '/api/teams/tools/projects', '/api/projects/shop/servers', '/api/projects/shop/security',
        '/api/projects/shop/api-keys', '/api/projects/shop/activities/summary']) {
        const answer = await people.ada.get(path);
        assert.equal(answer.status, 200, `${path}: ${answer.text}`);
    }
    const { activities } = (await people.ada.get('/api/projects/shop/activities')).json;
    assert.equal(activities.filter(({ action }) => action === 'unknown').length, 1);
    // The least: what an odd role may not do stays shut.
    assert.equal((await people.bert.get('/api/projects/shop/api-keys')).status, 403);
});
