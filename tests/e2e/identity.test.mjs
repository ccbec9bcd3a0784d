// People: the first account, signing in and out, and what a cookie may do.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const administrator = { name: 'Ada', email: 'ada@example.org', password };

let orchestrator;
let ada;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    ada = new Browser(orchestrator);
});

after(() => orchestrator?.dispose());

const setUpToken = () => {
    const line = orchestrator.events.find(({ message }) => message.includes('/setup#token='));
    return line?.message.split('#token=')[1];
};

test('the set-up link makes the first account, an administrator, and works once', async () => {
    const token = setUpToken();
    const entrance = async () => (await new Browser(orchestrator).get('/api/setup')).json;
    assert.deepEqual(await entrance(), { needs_setup: true, sign_up_open: false });
    const page = await ada.request('/setup', { headers: { accept: 'text/html' } });
    assert.match(page.headers.get('content-security-policy'), /default-src 'none'/);
    const wrong = await ada.post('/api/setup', { ...administrator, token: `${token.slice(1)}0` });
    const short = await ada.post('/api/setup', { ...administrator, token, password: 'short' });
    assert.equal(short.json.detail, 'password: a password has at least 8 bytes');
    assert.equal(wrong.status, 403);
    const made = await ada.post('/api/setup', { ...administrator, token });
    assert.equal(made.status, 201, made.text);
    assert.equal(made.json.user.is_admin, true);
    assert.deepEqual(await entrance(), { needs_setup: false, sign_up_open: false });
    const [cookie] = made.headers.getSetCookie();
    assert.match(cookie, /; HttpOnly/);
    assert.match(cookie, /; SameSite=Lax/);
    const again = await new Browser(orchestrator).post('/api/setup', { token, name: 'Eve',
        email: 'eve@example.org', password });
    assert.equal(again.status, 403);
    assert.equal((await ada.get('/api/profile')).json.email, administrator.email);
    assert.equal((await ada.get('/api/users/admin')).json.total, 1);
});

test('nobody signs up where the administrator makes the accounts', async () => {
    const refused = await new Browser(orchestrator).post('/api/users/signup',
        { name: 'Eve', email: 'eve@example.org', password });
    assert.equal(refused.status, 403);
});

test('a wrong password and an unknown address get the same answer', async () => {
    const visitor = new Browser(orchestrator);
    const wrong = await visitor.logIn(administrator.email, 'not the password');
    const unknown = await visitor.logIn('nobody@example.org', password);
    assert.equal(wrong.status, 401);
    assert.equal(unknown.status, 401);
    assert.equal(wrong.text, unknown.text);
    assert.equal(visitor.cookie, undefined);
});

test('signing out ends the cookie also where it was copied', async () => {
    const browser = new Browser(orchestrator);
    assert.equal((await browser.logIn('ADA@Example.ORG', password)).status, 200);
    const copy = browser.copy();
    assert.equal((await copy.get('/api/profile')).status, 200);
    assert.equal((await browser.post('/api/users/logout')).status, 200);
    assert.equal((await copy.get('/api/profile')).status, 401);
    assert.equal(browser.cookie, undefined);
});

test('a new password ends every other login, and the old one signs in no more', async () => {
    const other = new Browser(orchestrator);
    await other.logIn(administrator.email, password);
    const wrong = await ada.put('/api/profile/password',
        { current_password: 'not this', new_password: 'another quiet harbour' });
    assert.equal(wrong.status, 403);
    const short = await ada.put('/api/profile/password',
        { current_password: password, new_password: 'short' });
    assert.equal(short.json.detail, 'new_password: a password has at least 8 bytes');
    const changed = await ada.put('/api/profile/password',
        { current_password: password, new_password: 'another quiet harbour' });
    assert.equal(changed.status, 200, changed.text);
    assert.equal((await ada.get('/api/profile')).status, 200);
    assert.equal((await other.get('/api/profile')).status, 401);
    assert.equal((await other.logIn(administrator.email, password)).status, 401);
    assert.equal((await other.logIn(administrator.email, 'another quiet harbour')).status, 200);
});

test('a cookie changes nothing from a foreign page, and opens no MCP endpoint', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' },
        { 'sec-fetch-site': '', origin: 'http://localhost:1' }, { 'sec-fetch-site': '' }]) {
        const refused = await ada.request('/api/projects',
            { method: 'POST', body: { name: 'forged' }, headers });
        assert.equal(refused.status, 403, JSON.stringify(headers));
    }
    assert.ok(!(await ada.get('/api/projects')).json.some(({ name }) => name === 'forged'));
    assert.equal((await ada.post('/projects/default/unified/mcp', {})).status, 401);
});

test('a login survives a restart, the accounts too', async () => {
    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace);
    assert.equal(setUpToken(), undefined);
    const browser = new Browser(orchestrator);
    assert.equal((await browser.request('/api/profile', { headers: { cookie: ada.cookie } }))
        .status, 200);
});

test('guesses at one address are slowed down, from that address alone', async () => {
    const guesser = new Browser(orchestrator);
    const statuses = [];
    for (let guess = 0; guess < 8; ++guess) {
        statuses.push((await guesser.logIn('victim@example.org', `guess ${guess} at it`)).status);
    }
    assert.ok(statuses.includes(401) && statuses.at(-1) === 429, String(statuses));
    const late = await guesser.logIn('victim@example.org', 'one more guess');
    assert.ok(Number(late.headers.get('retry-after')) > 0);
});
