// What administrators do in the dashboard, and that nobody else gets to it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Visitor } from './support/chromium.mjs';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { faulty } from './support/server_definitions.mjs';

const password = 'a quiet harbour at dusk';
const another = 'a louder harbour at dawn';
const mutters = 90;
const noisy = ['noisy', 'noisier', 'noisiest'];

let world;

before(async () => {
    world = await DashboardWorld.start({ good: faulty(), broken: faulty(['--exit', '3']),
        ...Object.fromEntries(noisy.map((name) => [name, faulty(['--mutter', `${mutters}`])])) });
});

after(() => world?.dispose());

const row = ({ page }, name) => page.getByRole('row').filter({ hasText: name }).first();

/** Presses a button of the dialog, and waits until the page below can be used again. */
async function answer({ page }, name) {
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name }).click();
    await dialog.waitFor({ state: 'detached' });
}
const refresh = (name) =>
    world.ada.post(`/api/projects/default/servers/${name}/refresh-status`);

const email = (name) => `${name}@example.org`;
const makePerson = async (name) => {
    const made = await world.ada.post('/api/users/admin', { name, email: email(name), password });
    assert.equal(made.status, 201, made.text);
    return made.json;
};
const signsIn = async (name, secret) =>
    (await new Browser(world.orchestrator).logIn(email(name), secret)).status === 200;

async function openAs(name, options = {}) {
    const browser = new Browser(world.orchestrator);
    assert.equal((await browser.logIn(email(name), password)).status, 200);
    return Visitor.open(world.browser, world.orchestrator, { cookie: browser.cookie, ...options });
}

test('a person is made, renamed, given another password, closed and opened again', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/admin/users');
    await page.getByRole('button', { name: 'New account' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Grace');
    await dialog.getByLabel('E-mail').fill(email('grace'));
    await dialog.getByLabel('Password', { exact: true }).fill(password);
    await answer(visitor, 'New account');
    await row(visitor, 'Grace').waitFor();
    assert.ok(await signsIn('grace', password));

    await page.getByRole('button', { name: 'More for Grace' }).click();
    await page.getByRole('menuitem', { name: 'Set a new password' }).click();
    await dialog.getByLabel('New password', { exact: true }).fill(another);
    await answer(visitor, 'Set a new password');
    await page.getByText('Grace has a new password.').waitFor();
    assert.deepEqual([await signsIn('grace', password), await signsIn('grace', another)],
        [false, true]);

    await page.getByRole('button', { name: 'More for Grace' }).click();
    await page.getByRole('menuitem', { name: 'Edit' }).click();
    await dialog.getByLabel('Name').fill('Grace Hopper');
    await answer(visitor, 'Save');
    await row(visitor, 'Grace Hopper').waitFor();

    const active = page.getByRole('switch', { name: 'The account of Grace Hopper is active' });
    await active.click({ force: true });
    await answer(visitor, 'Close account');
    await row(visitor, 'Grace Hopper').getByText('closed').waitFor();
    assert.equal(await signsIn('grace', another), false);
    await active.click({ force: true });
    await row(visitor, 'Grace Hopper').getByText('closed').waitFor({ state: 'detached' });
    assert.ok(await signsIn('grace', another));
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('people are found by name, and several accounts are closed at once', async () => {
    const people = ['linus', 'lina', 'barbara'];
    for (const name of people) {
        await makePerson(name);
    }
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/admin/users');
    await page.getByRole('textbox', { name: 'Search people' }).fill('lin');
    await row(visitor, 'barbara').waitFor({ state: 'detached' });
    await page.getByRole('checkbox', { name: 'Choose all' }).check();
    await page.getByRole('button', { name: 'Close 2 accounts' }).click();
    await answer(visitor, 'Close accounts');
    await page.getByText('2 accounts were closed.').waitFor();
    const { json } = await world.ada.get('/api/users/admin?include_inactive=true');
    assert.deepEqual(people.map((name) => json.users.find((user) => user.name === name).is_active),
        [false, false, true]);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('90-2: the scheduler runs now, tells what failed, and takes another schedule', async () => {
    const workers = async (path) => (await world.ada.get(`/api/workers/${path}`)).json;
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/admin/scheduler');
    await page.getByText('It did not run yet.').waitFor();
    await page.getByRole('button', { name: 'Run now' }).click();
    await row(visitor, 'somebody').waitFor();
    const [run] = await workers('history');
    assert.equal(await row(visitor, 'somebody').locator('time').first().getAttribute('datetime'),
        run.timestamp);
    assert.equal(run.error_count, 1);
    await page.getByRole('button', { name: '1 failed' }).click();
    await page.getByRole('log').getByText(/exit code 3/).waitFor();
    await page.getByRole('log').getByRole('link', { name: 'default/broken' }).waitFor();

    await page.getByRole('textbox', { name: 'Check every' }).fill('30');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A number from 60 to 3600.').waitFor();
    assert.deepEqual(visitor.calls.filter((call) => call.startsWith('PUT')), []);
    await page.getByRole('textbox', { name: 'Check every' }).fill('600');
    await page.getByRole('button', { name: 'Save' }).click();
    await eventually('the schedule', async () =>
        (await workers('status')).config.server_check_interval === 600);
    await page.getByRole('button', { name: 'Stop' }).click();
    await page.getByText('Stopped').waitFor();
    assert.equal((await workers('status')).running, false);
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByText('Running').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('keys of all projects are counted, filtered, held back and revoked', async () => {
    await world.ada.post('/api/projects', { name: 'shop', display_name: 'Shop' });
    const makeKey = async (project, body) =>
        (await world.ada.post(`/api/projects/${project}/api-keys`, body)).json;
    const { api_key: secret } = await makeKey('default', { name: 'laptop' });
    await makeKey('shop', { name: 'till' });
    const ended = await makeKey('shop', { name: 'old till',
        expires_at: new Date(Date.now() + 1_500).toISOString() });
    assert.ok(ended.id);
    await eventually('the end of a key', async () =>
        (await world.ada.get('/api/admin/api-keys?expired_only=true')).json.total === 1);
    const opens = async () => (await world.orchestrator.api(
        '/api/tool-call-logs?project_id=default', { token: secret })).status === 200;

    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/admin/keys');
    await row(visitor, 'laptop').waitFor();
    const counted = async (name) => (await page.getByText(name, { exact: true }).first()
        .locator('..').innerText()).split('\n').at(-1);
    const { json: counts } = await world.ada.get('/api/admin/api-keys/statistics/overview');
    assert.deepEqual([await counted('Active'), await counted('Expired')],
        [String(counts.active_keys), '1']);
    const choose = async (name, option) => {
        await page.getByRole('combobox', { name }).click();
        await page.getByRole('option', { name: option, exact: true }).click();
    };
    await choose('Project', 'Shop');
    await row(visitor, 'laptop').waitFor({ state: 'detached' });
    await choose('State', 'Expired');
    await eventually('one row', async () => await page.getByRole('row').count() === 2);
    assert.ok(await row(visitor, 'old till').isVisible());

    await visitor.visit('/admin/keys');
    assert.ok(await opens());
    await page.getByRole('button', { name: 'Hold back laptop' }).click();
    await row(visitor, 'laptop').getByText('Held back').waitFor();
    assert.equal(await opens(), false);
    await page.getByRole('button', { name: 'Release laptop' }).click();
    await row(visitor, 'laptop').getByText('Active').waitFor();
    assert.ok(await opens());
    await page.getByRole('button', { name: 'Revoke laptop' }).click();
    await answer(visitor, 'Revoke');
    await row(visitor, 'laptop').waitFor({ state: 'detached' });
    assert.equal(await opens(), false);
    await row(visitor, 'old till').getByRole('link', { name: 'shop' }).click();
    await page.waitForURL('**/projects/shop/keys');
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the system log shows what a server writes at once, and older lines on demand', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    const log = page.getByRole('log');
    const line = (text) => log.locator(':scope > div').filter({ hasText: text });
    await visitor.visit('/admin/logs');
    await page.getByRole('status').getByText('Live').waitFor();
    for (const name of noisy) {
        await world.ada.post(`/api/projects/default/servers/${name}/restart`);
    }
    await refresh('noisiest');
    await refresh('broken');
    await line('default/noisiest').filter({ hasText: `Muttering line ${mutters}` }).first()
        .waitFor();
    assert.equal(visitor.calls.filter((call) => call === 'GET /api/admin/server-logs').length, 1);

    await page.locator('label').filter({ hasText: 'Error' }).click();
    await eventually('errors alone', async () => {
        const levels = await log.locator(':scope > div').evaluateAll((all) =>
            all.map(({ dataset }) => dataset.level));
        return levels.length > 0 && levels.every((level) => level === 'error');
    });
    // The address holds the filter.
    assert.match(page.url(), /level=error/);
    await visitor.visit('/admin/logs?search_text=Muttering&project_id=default');
    const before = await log.locator(':scope > div').count();
    assert.equal(before, 200);
    await page.getByRole('button', { name: 'Older lines' }).click();
    await eventually('older lines', async () => await log.locator(':scope > div').count() > before);
    await visitor.visit('/admin/logs?project_id=default&server_id=broken');
    await line('exit code 3').first().waitFor();
    assert.equal(await line('Muttering').count(), 0);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the system page tells what fails, and the numbers that the orchestrator gives', async () => {
    assert.equal((await world.call('good', 'echo', { nonce: 'counted' })).status, 200);
    const stored = await eventually('the record of the call', async () => {
        const { text } = await world.orchestrator.api('/metrics', { token: null });
        return /^mcp_orch_call_log_rows_total ([1-9]\d*)$/m.exec(text)?.[1];
    });
    const visitor = await world.open();
    const { page } = visitor;
    await page.route('**/health', (route) => route.fulfill({ status: 503,
        contentType: 'application/json', body: JSON.stringify({ status: 'unhealthy',
            condition: 'the database is away', version: '9.8.7', client_sessions: 0,
            spool_bytes: 2048, checks: { ready: true, database: false, spool: true } }) }));
    await visitor.visit('/admin/system');
    for (const text of ['Database: failing', 'Spool: good', 'the database is away',
        'mcp-orch 9.8.7', '2.0 KiB']) {
        await page.getByText(text, { exact: true }).waitFor();
    }
    const fact = page.getByText('Calls stored since the start').locator('..');
    assert.equal((await fact.innerText()).split('\n').at(-1), stored);
    const { json } = await world.ada.get('/api/admin/storage');
    assert.equal(await page.getByRole('table').filter({ hasText: 'Kept for' }).getByRole('row')
        .count(), json.kinds.length + 1);
    await visitor.close();
});

test('secrets are encrypted anew after a question', async () => {
    const state = async () => (await world.ada.get('/api/admin/secrets')).json;
    const before = await state();
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/admin/system');
    await page.getByText(before.key_ids[0]).waitFor();
    await page.getByRole('button', { name: 'Rotate the key' }).click();
    await answer(visitor, 'Cancel');
    assert.deepEqual(await state(), before);
    await page.getByRole('button', { name: 'Rotate the key' }).click();
    await answer(visitor, 'Rotate the key');
    await page.getByText(before.key_ids[0]).waitFor({ state: 'detached' });
    const { key_ids: [fresh] } = await state();
    assert.notEqual(fresh, before.key_ids[0]);
    await page.getByText(fresh).waitFor();
    assert.equal((await world.call('good', 'echo', { nonce: 'still' })).status, 200);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('all projects and teams are listed, page by page, with their owners', async () => {
    for (let number = 1; number <= 50; ++number) {
        await world.ada.post('/api/projects', { name: `p-${number}` });
    }
    await world.ada.post('/api/teams', { name: 'Platform', description: 'Keeps things running' });
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/admin/projects');
    const { json } = await world.ada.get('/api/admin/projects?page=2&per_page=50');
    await page.getByRole('button', { name: '2', exact: true }).click();
    await row(visitor, json.projects.at(-1).name).waitFor();
    await page.getByRole('textbox', { name: 'Search projects' }).fill('p-37');
    await row(visitor, 'p-37').getByText('Ada Lovelace').waitFor();
    await row(visitor, 'p-37').getByRole('link', { name: 'p-37' }).click();
    await page.waitForURL('**/projects/p-37/overview');
    await visitor.visit('/admin/teams');
    await row(visitor, 'Platform').getByText(email('ada')).waitFor();
    await page.getByRole('textbox', { name: 'Search teams' }).fill('nowhere');
    await page.getByText('No team matches “nowhere”').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the palette knows the pages of administrators, and of nobody else', async () => {
    await makePerson('nobody');
    const found = async (visitor) => {
        await visitor.visit('/profile');
        await visitor.page.keyboard.press('Control+k');
        await visitor.page.getByRole('combobox').fill('Scheduler');
        await visitor.page.getByRole('option').first().waitFor();
        return visitor.page.getByRole('option').filter({ hasText: 'Administration' }).count();
    };
    const administrator = await world.open();
    assert.equal(await found(administrator), 1);
    await administrator.page.keyboard.press('Enter');
    await administrator.page.waitForURL('**/admin/scheduler');
    const visitor = await openAs('nobody');
    assert.equal(await found(visitor), 0);
    for (const name of ['system', 'users', 'projects', 'teams', 'keys', 'logs', 'scheduler']) {
        await visitor.visit(`/admin/${name}`);
        await visitor.page.getByRole('heading', { name: 'There is nothing here' }).waitFor();
        assert.deepEqual(visitor.calls, ['GET /api/profile'], name);
    }
    await visitor.page.getByRole('button', { name: /Account of nobody/ }).click();
    await visitor.page.getByRole('menuitem', { name: 'Profile' }).waitFor();
    assert.equal(await visitor.page.getByRole('menuitem', { name: 'Administration' }).count(), 0);
    assert.deepEqual(visitor.complaints, []);
    await Promise.all([administrator.close(), visitor.close()]);
});

test('a reporter is offered nothing that would be refused', async () => {
    await makePerson('rita');
    await world.ada.post('/api/projects/default/members',
        { email: email('rita'), role: 'reporter' });
    const pages = ['overview', 'servers', 'servers/good', 'members', 'keys', 'activity',
        'settings'];
    const offers = new RegExp('add server|refresh|more for|enabled|restart|edit|invite|remove|'
        + 'create key|replace|revoke|save|delete project|all on|all off|offer', 'i');
    const offered = async (visitor) => {
        const all = [];
        for (const name of pages) {
            await visitor.visit(`/projects/default/${name}`);
            for (const role of ['button', 'switch']) {
                const found = visitor.page.getByRole('main')
                    .getByRole(role, { name: offers, disabled: false });
                const words = await found.evaluateAll((nodes) => nodes.map((node) =>
                    node.getAttribute('aria-label') ?? node.textContent));
                all.push(...words.map((text) => `${name}: ${text}`));
            }
        }
        return all;
    };
    // The same words find something for who may do it all.
    const administrator = await world.open();
    const possible = await offered(administrator);
    for (const word of ['Add server', 'Invite', 'Create key', 'Delete project', 'Restart']) {
        assert.ok(possible.some((text) => text.includes(word)), word);
    }
    const visitor = await openAs('rita');
    const refused = [];
    visitor.page.on('response', (response) => {
        if (response.status() >= 400) {
            refused.push(response.url());
        }
    });
    assert.deepEqual(await offered(visitor), []);
    assert.deepEqual(refused, []);
    await visitor.visit('/projects/default/servers');
    assert.equal(await visitor.page.getByRole('link', { name: 'API keys' }).count(), 0);
    await visitor.visit('/projects/default/keys');
    await visitor.page.getByText('Keys are for developers and owners').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await Promise.all([administrator.close(), visitor.close()]);
});
