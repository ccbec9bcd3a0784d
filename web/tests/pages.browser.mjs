// The pages of a project and what can be done on them. Needs an administrator's account, and a
// project "default" whose servers "everything" and "broken" exist; the latter ends at once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, signedIn, url, watched } from './support.mjs';

let browser;
let context;
before(async () => {
    browser = await openBrowser();
    context = await signedIn(browser);
});
after(() => browser.close());

const at = (path) => new URL(path, url).href;

test('signing in asks for e-mail and password and goes back to where one was', async () => {
    const fresh = await browser.newContext({ locale: 'en-GB' });
    const { page, faults } = await watched(fresh);
    await page.goto(at('/projects/default/servers?x=1'));
    await page.waitForURL(/\/signin\?return=/);
    assert.equal(await page.locator('form input').count(), 2);
    await page.getByLabel('E-mail').fill(process.env.MCP_ORCH_EMAIL);
    await page.getByRole('textbox', { name: 'Password' }).fill('wrong');
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByRole('alert').waitFor();
    await page.getByRole('textbox', { name: 'Password' }).fill(process.env.MCP_ORCH_PASSWORD);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL(/\/projects\/default\/servers/);
    assert.ok(faults.every((fault) => fault.includes('401')), faults.join('\n'));
    await fresh.close();
});

for (const tab of ['members', 'keys', 'activity', 'settings', 'logs', 'metrics', 'sessions']) {
    test(`${tab} makes no call to servers`, async () => {
        const { page, calls, faults } = await watched(context);
        await page.goto(at(`/projects/default/${tab}`), { waitUntil: 'networkidle' });
        await page.locator('h1').first().waitFor({ state: 'attached' });
        assert.deepEqual(calls.filter((call) => call.includes('/servers')), []);
        assert.equal(new Set(calls).size + calls.filter((call) => call.includes('/groups')).length - (calls.some((call) => call.includes('/groups')) ? 1 : 0), calls.length, calls.join('\n'));
        assert.deepEqual(faults, []);
        await page.close();
    });
}

for (const tab of ['overview', 'servers']) {
    test(`${tab} asks for the list of servers once and for none of them`, async () => {
        const { page, calls, faults } = await watched(context);
        await page.goto(at(`/projects/default/${tab}`), { waitUntil: 'networkidle' });
        await page.getByText('Online').first().waitFor();
        assert.deepEqual(calls.filter((call) => call.includes('/servers')), ['GET /api/projects/default/servers']);
        assert.deepEqual(faults, []);
        await page.close();
    });
}

test('a server is added by pasting, refreshed, switched off, and deleted', async () => {
    const { page, calls, faults } = await watched(context);
    await page.goto(at('/projects/default/servers'));
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('textbox', { name: 'Configuration' }).fill(JSON.stringify({ mcpServers: {
        'browser-made': { command: 'false' }, 'no way': { nothing: 1 },
    } }));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Not possible').waitFor();
    await page.getByRole('button', { name: 'Take over 1 server' }).click();
    const row = page.getByRole('row', { name: /browser-made/ });
    await row.waitFor();
    calls.length = 0;
    await row.getByRole('button', { name: 'Refresh browser-made' }).click();
    await row.getByText('Error', { exact: true }).waitFor({ timeout: 30_000 });
    assert.equal(calls.length, 1);
    await row.getByText(/ended with exit code 1/).waitFor();
    await row.getByRole('switch').click({ force: true });
    await row.getByText('Disabled', { exact: true }).waitFor();
    await row.getByRole('button', { name: 'More for browser-made' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await row.waitFor({ state: 'detached' });
    assert.deepEqual(faults, []);
    await page.close();
});

test('refreshing all ticks servers off and keeps good results beside a bad one', async () => {
    const { page } = await watched(context);
    await page.goto(at('/projects/default/servers'));
    await page.getByRole('button', { name: 'Refresh all' }).click();
    await page.getByText(/of \d+ servers have answered/).waitFor();
    await page.getByText(/of \d+ servers have answered/).waitFor({ state: 'detached', timeout: 60_000 });
    assert.ok(await page.getByRole('row', { name: /everything/ }).getByText('Online').isVisible());
    assert.ok(await page.getByRole('row', { name: /broken/ }).getByText('Error', { exact: true }).isVisible());
    await page.close();
});

test('a tool runs with a form made from its schema', async () => {
    const { page, faults } = await watched(context);
    await page.goto(at('/projects/default/servers/everything'));
    await page.getByRole('button', { name: 'Try it: get-sum' }).click();
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/required property/).first().waitFor();
    await page.locator('[role=dialog] form input').nth(0).fill('20');
    await page.locator('[role=dialog] form input').nth(1).fill('22');
    await page.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/The sum of 20 and 22 is 42/).waitFor();
    assert.deepEqual(faults, []);
    await page.close();
});

test('a key is shown once and can be revoked', async () => {
    const { page, faults } = await watched(context);
    const name = `browser ${Date.now()}`;
    await page.goto(at('/projects/default/keys'));
    await page.getByRole('button', { name: 'Create key' }).click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').fill(name);
    await form.getByRole('button', { name: 'Create key' }).click();
    const secret = await page.getByTestId('secret').innerText();
    assert.match(secret, /^mch_/);
    await page.getByRole('button', { name: 'Done' }).click();
    await page.reload();
    assert.equal(await page.getByText(secret).count(), 0);
    await page.getByRole('button', { name: `Revoke ${name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText(`${name} was revoked.`).waitFor();
    assert.deepEqual(faults, []);
    await page.close();
});

test('the palette goes to a server', async () => {
    const { page } = await watched(context);
    await page.goto(at('/projects/default/overview'));
    await page.locator('h1').first().waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to…' }).fill('everything');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/servers\/everything/);
    await page.close();
});

test('an unknown project and an unknown page say that there is nothing', async () => {
    const { page } = await watched(context);
    await page.goto(at('/projects/none-such/overview'));
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.goto(at('/none/such'));
    await page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
    await page.close();
});
