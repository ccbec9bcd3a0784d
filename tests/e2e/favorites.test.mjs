// Favourites: everybody's own, in one project.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const path = '/api/projects/shop/favorites';
const tool = { favorite_type: 'tool', target_id: 'files__read', target_name: 'read' };

let orchestrator;
const people = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of ['owner', 'reporter', 'stranger']) {
        people[name] = new Browser(orchestrator);
        const email = `${name}@example.org`;
        await people[name].post('/api/users/signup', { name, email, password });
        assert.equal((await people[name].logIn(email, password)).status, 200);
    }
    await people.owner.post('/api/projects', { name: 'shop' });
    await people.owner.post('/api/projects/shop/members',
        { email: 'reporter@example.org', role: 'reporter' });
});

after(() => orchestrator?.dispose());

test('a favourite is kept once, for whoever chose it', async () => {
    const made = await people.reporter.post(path, tool);
    assert.equal(made.status, 201, made.text);
    assert.equal((await people.reporter.post(path, tool)).status, 409);
    assert.equal((await people.owner.post(path, tool)).status, 201);
    const { json } = await people.reporter.get(path);
    assert.deepEqual(json, [made.json]);
});

test('favourites are listed by type', async () => {
    const server = { favorite_type: 'server', target_id: 'files', target_name: 'Files' };
    assert.equal((await people.reporter.post(path, server)).status, 201);
    const types = async (query) =>
        (await people.reporter.get(path + query)).json.map(({ favorite_type }) => favorite_type);
    assert.deepEqual(await types(''), ['tool', 'server']);
    assert.deepEqual(await types('?favorite_type=server'), ['server']);
    assert.deepEqual(await types('?favorite_type=project'), []);
    assert.equal((await people.reporter.get(`${path}?favorite_type=song`)).status, 400);
});

test('a favourite is forgotten by its id or its target, by its owner alone', async () => {
    const [first] = (await people.reporter.get(path)).json;
    assert.equal((await people.owner.delete(`${path}/${first.id}`)).status, 404);
    assert.equal((await people.reporter.delete(`${path}/${first.id}`)).status, 200);
    assert.equal((await people.reporter.delete(`${path}/${first.id}`)).status, 404);
    const target = `${path}?favorite_type=server&target_id=files`;
    assert.equal((await people.reporter.delete(target)).status, 200);
    assert.equal((await people.reporter.delete(target)).status, 404);
    assert.deepEqual((await people.reporter.get(path)).json, []);
    assert.equal((await people.owner.get(path)).json.length, 1);
});

test('strangers and the administrator token have no favourites in a project', async () => {
    assert.equal((await people.stranger.get(path)).status, 404);
    assert.equal((await people.stranger.post(path, tool)).status, 404);
    assert.equal((await orchestrator.api(path)).status, 403);
});

test('bad favourites are told all that is wrong, and kept out', async () => {
    const { status, json } = await people.reporter.post(path,
        { favorite_type: 'song', target_id: '', target_name: 'a\u0000b' });
    assert.equal(status, 400);
    assert.deepEqual(json.errors.map(({ field }) => field),
        ['favorite_type', 'target_id', 'target_name']);
    assert.equal((await people.reporter.post(path, { ...tool, colour: 'red' })).status, 400);
    assert.deepEqual((await people.reporter.get(path)).json, []);
});
