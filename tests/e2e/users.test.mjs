// Administrators make accounts, change them and close them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const users = '/api/users/admin';

let orchestrator;
const ids = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
});

after(() => orchestrator?.dispose());

const make = async (name, more = {}) => {
    const made = await orchestrator.api(users, { method: 'POST',
        body: { name, email: `${name}@example.org`, password, ...more } });
    assert.equal(made.status, 201, made.text);
    ids[name] = made.json.id;
    return made.json;
};
const put = (name, body, who = orchestrator) => (who === orchestrator
    ? orchestrator.api(`${users}/${ids[name]}`, { method: 'PUT', body })
    : who.put(`${users}/${ids[name]}`, body));
const signIn = async (name, secret = password) => {
    const browser = new Browser(orchestrator);
    return { browser, status: (await browser.logIn(`${name}@example.org`, secret)).status };
};

test('an account is made once, and its person signs in', async () => {
    const ada = await make('ada', { is_admin: true });
    assert.equal(ada.is_admin, true);
    assert.ok(!JSON.stringify(ada).includes(password));
    await make('bob');
    assert.equal((await orchestrator.api(users, { method: 'POST',
        body: { name: 'Ada', email: 'ADA@example.org', password } })).status, 409);
    assert.equal((await signIn('bob')).status, 200);
});

test('accounts are found, counted and shown in pages', async () => {
    const found = (await orchestrator.api(`${users}?search=BOB`)).json;
    assert.deepEqual([found.total, found.users[0].email], [1, 'bob@example.org']);
    const page = (await orchestrator.api(`${users}?per_page=1&page=2`)).json;
    assert.deepEqual([page.total, page.users.length], [2, 1]);
    assert.equal((await orchestrator.api(`${users}?page=0`)).status, 400);
});

test('a closed account is out at once, and in again when it is opened', async () => {
    const { browser } = await signIn('bob');
    assert.equal((await browser.get('/api/profile')).status, 200);
    assert.equal((await orchestrator.api(`${users}/${ids.bob}`, { method: 'DELETE' })).status, 200);
    assert.equal((await browser.get('/api/profile')).status, 401);
    assert.equal((await signIn('bob')).status, 401);
    assert.equal((await put('bob', { is_active: true })).json.is_active, true);
    assert.equal((await signIn('bob')).status, 200);
});

test('the last administrator stays, and nobody demotes oneself', async () => {
    assert.equal((await put('ada', { is_admin: false })).status, 409);
    assert.equal((await put('ada', { is_active: false })).status, 409);
    assert.equal((await put('bob', { is_admin: true })).status, 200);
    const { browser } = await signIn('ada');
    assert.equal((await put('ada', { is_admin: false }, browser)).status, 409);
    assert.equal((await put('bob', { is_admin: false }, browser)).status, 200);
});

test('a new password from the administrator ends all logins', async () => {
    const { browser } = await signIn('bob');
    const reset = await orchestrator.api(`${users}/${ids.bob}/password`,
        { method: 'POST', body: { password: 'another quiet harbour' } });
    assert.equal(reset.status, 200, reset.text);
    assert.equal((await browser.get('/api/profile')).status, 401);
    assert.equal((await signIn('bob')).status, 401);
    assert.equal((await signIn('bob', 'another quiet harbour')).status, 200);
    assert.equal((await orchestrator.api(`${users}/${ids.bob}/password`,
        { method: 'POST', body: { password: 'password' } })).status, 400);
});

test('others than administrators reach none of it', async () => {
    const { browser } = await signIn('bob', 'another quiet harbour');
    for (const answer of [await browser.get(users), await put('ada', { name: 'x' }, browser),
        await browser.delete(`${users}/${ids.ada}`)]) {
        assert.equal(answer.status, 403);
    }
});

test('everything that is wrong with an account is told at once', async () => {
    const { json } = await orchestrator.api(users, { method: 'POST',
        body: { name: 'a\u0007', email: 'nobody', password: 'short' } });
    assert.deepEqual(json.errors.map(({ field }) => field), ['name', 'email', 'password']);
});
