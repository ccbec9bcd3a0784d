// The dashboard in a real browser: how it is delivered, and the ways in.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Visitor, launchChromium } from './support/chromium.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const ada = { name: 'Ada', email: 'ada@example.org', password: 'a quiet harbour at dusk' };
const firstPageScriptBytesMax = 300 * 1024;

let orchestrator;
let browser;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    browser = await launchChromium(workspace);
});

after(() => orchestrator?.dispose());

async function signIn({ page }, { email = ada.email, password = ada.password } = {}) {
    await page.getByLabel('E-mail').fill(email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await page.getByRole('button', { name: 'Sign in' }).click();
}

test('while nobody has an account, the way in is told instead of a form', async () => {
    const visitor = await Visitor.open(browser, orchestrator);
    await visitor.visit('/signin');
    await visitor.page.getByRole('heading', { name: 'Nobody has an account yet' }).waitFor();
    await visitor.page.getByText(`${orchestrator.url}/setup#token=`).waitFor();
    assert.equal(await visitor.page.locator('input').count(), 0);
    assert.deepEqual(await visitor.barriers(), []);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the set-up link makes the first account and leads to the projects', async () => {
    const visitor = await Visitor.open(browser, orchestrator);
    const { page } = visitor;
    const { message } = orchestrator.events.find((event) => event.message.includes('/setup#token='));
    await visitor.visit(`/setup${message.slice(message.indexOf('#token='))}`);
    assert.deepEqual(await visitor.barriers(), []);
    await page.getByLabel('Name').fill(ada.name);
    await page.getByLabel('E-mail').fill(ada.email);
    await page.getByLabel('Password', { exact: true }).fill(ada.password);
    await page.getByLabel('The same again').fill(ada.password);
    await page.getByRole('button', { name: 'Create account' }).click();
    await page.waitForURL('**/projects');
    await page.getByRole('heading', { name: 'Projects' }).waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('86-1: people sign in with e-mail and password, and with nothing else', async () => {
    const visitor = await Visitor.open(browser, orchestrator);
    const { page } = visitor;
    await visitor.visit('/projects/default/servers');
    await page.waitForURL('**/signin?**');
    assert.deepEqual(await visitor.barriers(), []);
    assert.deepEqual(await page.getByRole('button').allInnerTexts()
        .then((texts) => texts.filter((text) => /google|github|sso|sign up/i.test(text))), []);
    assert.equal(await page.locator('input').count(), 2);
    assert.equal(await page.locator('main').getByRole('link').count(), 0);
    await signIn(visitor, { password: 'not the password' });
    await page.getByRole('alert').waitFor();
    assert.match(page.url(), /\/signin/);
    await signIn(visitor);
    // Where one wanted to go.
    await page.waitForURL('**/projects/default/servers');
    await page.getByRole('button', { name: /Account of Ada/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.waitForURL('**/signin**');
    await visitor.visit('/projects');
    await page.waitForURL('**/signin?**');
    await visitor.close();
});

test('a first page needs no more than 300 KB of packed scripts, kept for ever', async () => {
    const visitor = await Visitor.open(browser, orchestrator);
    const scripts = [];
    visitor.page.on('response', (response) => {
        if (new URL(response.url()).pathname.endsWith('.js')) {
            scripts.push(response);
        }
    });
    await visitor.visit('/signin');
    let bytes = 0;
    for (const script of scripts) {
        const headers = await script.allHeaders();
        const { responseBodySize } = await script.request().sizes();
        // The smallest are no smaller packed.
        assert.ok(headers['content-encoding'] === 'br' || responseBodySize < 1_000, script.url());
        assert.match(headers['cache-control'], /immutable/, script.url());
        bytes += responseBodySize;
    }
    assert.ok(scripts.length > 0);
    assert.ok(bytes <= firstPageScriptBytesMax, `${bytes} bytes`);
    console.log(`# the first page needs ${bytes} bytes of scripts in ${scripts.length} files`);
    const page = await fetch(new URL('/signin', orchestrator.url), { headers: { accept: 'text/html' } });
    assert.equal(page.headers.get('cache-control'), 'no-cache');
    assert.match(page.headers.get('content-security-policy'), /script-src 'self';/);
    const again = await fetch(new URL('/projects', orchestrator.url), { headers: {
        accept: 'text/html', 'if-none-match': page.headers.get('etag') } });
    assert.equal(again.status, 304);
    await visitor.close();
});

test('nobody is offered an account where an administrator makes them', async () => {
    const visitor = await Visitor.open(browser, orchestrator);
    await visitor.visit('/signup');
    await visitor.page.getByText('Accounts are made by an administrator here').waitFor();
    assert.equal(await visitor.page.locator('input').count(), 0);
    await visitor.page.getByRole('link', { name: 'Sign in' }).click();
    await visitor.page.waitForURL('**/signin');
    await visitor.close();
});

test('a page that is not there says so, and leads back', async () => {
    const visitor = await Visitor.open(browser, orchestrator);
    await visitor.visit('/signin');
    await signIn(visitor);
    await visitor.page.waitForURL('**/projects');
    for (const path of ['/nowhere/at/all', '/projects/nobody/servers']) {
        await visitor.visit(path);
        await visitor.page.getByText('There is nothing here').waitFor();
        assert.deepEqual(await visitor.barriers(), []);
        await visitor.page.getByRole('link', { name: 'Back to the projects' }).click();
        await visitor.page.waitForURL('**/projects');
    }
    await visitor.close();
});
