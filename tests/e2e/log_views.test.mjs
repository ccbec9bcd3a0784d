// Views of the call log: everybody's own, in one project, read as the call log reads its query.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { query } from './support/database.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const path = '/api/projects/shop/log-views';
const slow = { name: 'Slow and wrong', query: 'status=error&status=timeout&min_duration_ms=500' };

let orchestrator;
const people = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of ['owner', 'reporter', 'leaver', 'stranger']) {
        people[name] = new Browser(orchestrator);
        const email = `${name}@example.org`;
        await people[name].post('/api/users/signup', { name, email, password });
        assert.equal((await people[name].logIn(email, password)).status, 200);
    }
    await people.owner.post('/api/projects', { name: 'shop' });
    for (const name of ['reporter', 'leaver']) {
        await people.owner.post('/api/projects/shop/members',
            { email: `${name}@example.org`, role: 'reporter' });
    }
});

after(() => orchestrator?.dispose());

const add = async (who, body, expected = 201) => {
    const { status, json, text } = await people[who].post(path, body);
    assert.equal(status, expected, text);
    return json;
};
const names = async (who) => (await people[who].get(path)).json.map(({ name }) => name);

test('a view is kept under its name, once for each owner, and the call log takes it', async () => {
    const made = await add('reporter', slow);
    assert.equal(made.query, slow.query);
    await add('reporter', slow, 409);
    await add('owner', slow);
    assert.deepEqual((await people.reporter.get(path)).json, [made]);
    assert.deepEqual((await people.reporter.get(`${path}/${made.id}`)).json, made);
    const calls = await people.reporter.get(`/api/tool-call-logs?project_id=shop&${made.query}`);
    assert.equal(calls.status, 200, calls.text);
});

test('a view gets another name and query, and keeps what is not said', async () => {
    const made = await add('reporter', { name: 'b', query: 'tool_name=echo' });
    const renamed = (await people.reporter.put(`${path}/${made.id}`, { name: 'a' })).json;
    assert.deepEqual([renamed.id, renamed.name, renamed.query], [made.id, 'a', 'tool_name=echo']);
    const turned = (await people.reporter.put(`${path}/${made.id}`,
        { query: '?search_text=red+shoes&tool_name=' })).json;
    assert.deepEqual([turned.name, turned.query], ['a', 'search_text=red%20shoes']);
    assert.ok(turned.updated_at >= turned.created_at);
    assert.equal((await people.reporter.put(`${path}/${made.id}`, { name: slow.name })).status, 409);
    assert.equal((await people.reporter.put(`${path}/${made.id}`, { name: 'a' })).status, 200);
    assert.deepEqual(await names('reporter'), ['a', slow.name]);
});

test('the owner alone reaches a view', async () => {
    const [view] = (await people.reporter.get(path)).json;
    for (const who of ['owner', 'stranger']) {
        assert.equal((await people[who].get(`${path}/${view.id}`)).status, 404);
        assert.equal((await people[who].put(`${path}/${view.id}`, { name: 'mine' })).status, 404);
        assert.equal((await people[who].delete(`${path}/${view.id}`)).status, 404);
    }
    for (const id of [randomUUID(), 'none']) {
        assert.equal((await people.reporter.get(`${path}/${id}`)).status, 404);
    }
    assert.equal((await people.stranger.get(path)).status, 404);
    assert.equal((await people.reporter.delete(`${path}/${view.id}`)).status, 200);
    assert.equal((await people.reporter.delete(`${path}/${view.id}`)).status, 404);
    assert.deepEqual(await names('reporter'), [slow.name]);
});

test('keys and the administrator token have no views', async () => {
    const { json: key } = await people.owner.post('/api/projects/shop/api-keys', { name: 'k' });
    const [view] = (await people.owner.get(path)).json;
    for (const token of [key.api_key, orchestrator.adminToken]) {
        for (const [method, target, body] of [['GET', path], ['POST', path, slow],
            ['GET', `${path}/${view.id}`], ['PUT', `${path}/${view.id}`, slow],
            ['DELETE', `${path}/${view.id}`]]) {
            const { status } = await orchestrator.api(target, { method, body, token });
            assert.equal(status, 403, `${method} ${target}`);
        }
    }
});

test('what the call log would not take is refused, parameter by parameter', async () => {
    const fields = async (body) => (await add('reporter', body, 400)).errors
        .map(({ field }) => field);
    assert.deepEqual(await fields({ name: '', query: 'status=lost&time_range=3y&server_id=none' }),
        ['name', 'query.time_range', 'query.server_id', 'query.status']);
    for (const query of ['project_id=shop', 'page=2', 'colour=red', 'status=%zz', 'a b']) {
        assert.deepEqual(await fields({ name: 'x', query }), ['query'], query);
    }
    assert.deepEqual(await fields({ name: 'x'.repeat(101), query: '' }), ['name']);
    const [view] = (await people.reporter.get(path)).json;
    const refused = await people.reporter.put(`${path}/${view.id}`, { query: 'status=lost' });
    assert.deepEqual(refused.json.errors.map(({ field }) => field), ['query.status']);
    assert.deepEqual((await people.reporter.get(path)).json, [view]);
});

test('a hundred views, and no more', async () => {
    for (let number = 0; number < 100; ++number) {
        await add('leaver', { name: `${number}`, query: '' });
    }
    await add('leaver', { name: 'one more', query: '' }, 409);
    const [view] = (await people.leaver.get(path)).json;
    await people.leaver.delete(`${path}/${view.id}`);
    await add('leaver', { name: 'one more', query: '' });
});

test('views go with their project and with their owner', async () => {
    const stored = async () => Number(await query(orchestrator, 'SELECT count(*) FROM log_views;'));
    await people.owner.post('/api/projects', { name: 'brief' });
    await people.owner.post('/api/projects/brief/log-views', slow);
    const before = (await names('owner')).length;
    assert.equal((await people.owner.delete('/api/projects/brief')).status, 200);
    await people.owner.post('/api/projects', { name: 'brief' });
    assert.deepEqual((await people.owner.get('/api/projects/brief/log-views')).json, []);
    assert.equal((await names('owner')).length, before);
    const all = await stored();
    const { length } = await names('leaver');
    // Accounts are closed and stay; this one goes for good.
    await query(orchestrator, "DELETE FROM users WHERE email = 'leaver@example.org';");
    assert.equal(await stored(), all - length);
});
