// What owners change of a project in the dashboard, what it does to clients, and what the feed
// tells of it afterwards.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect, urlPath } from './support/client.mjs';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { initializeParams, request } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const kim = { name: 'Kim', email: 'kim@example.org', password: 'a brown fox over there' };
const settings = (project) => `/projects/${project}/settings`;

let world;
let key;

before(async () => {
    world = await DashboardWorld.start({ faulty: faulty() });
    key = await world.orchestrator.createKey('laptop');
    assert.equal((await world.ada.post('/api/users/admin', kim)).status, 201);
    await world.call('faulty', 'echo', { nonce: 'one' });
});

after(() => world?.dispose());

const read = async (project = 'default') => (await world.ada.get(`/api/projects/${project}`)).json;

/** Whether a client gets in, with `token` or without one. */
async function enters(token) {
    const { status } = await fetch(new URL(urlPath('unified_http'), world.orchestrator.url), {
        method: 'POST', body: request(0, 'initialize', initializeParams()),
        headers: { accept: 'application/json, text/event-stream', 'content-type': 'application/json',
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) } });
    return status === 200;
}

/** Saves the form that `place` is in; then there is nothing left to save. */
async function save({ page }, place) {
    const form = page.locator('form').filter({ has: place });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('button', { name: 'Save', disabled: true })
        .and(page.locator(':not([data-loading])')).waitFor();
    await page.getByText('The settings were saved.').last().waitFor();
}

test('who comes in, and how tools are called there, is changed for clients at once', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit(settings('default'));
    const keyNeeded = page.getByRole('switch', { name: 'Clients need a key' });
    assert.deepEqual([await enters(key), await enters()], [true, false]);
    await keyNeeded.click({ force: true });
    await save(visitor, keyNeeded);
    await eventually('the open door', () => enters());
    await keyNeeded.click({ force: true });
    await page.getByRole('radio', { name: 'Never with the server' }).click();
    await save(visitor, keyNeeded);
    await eventually('the closed door', async () => !await enters());
    const session = await connect(world.orchestrator, 'unified_http', { server: 'faulty', key });
    const names = (await session.tools()).map(({ name }) => name);
    await session.close();
    assert.ok(names.includes('echo') && !names.includes('faulty__echo'), names.join());

    const addresses = page.getByRole('combobox', { name: 'Allowed addresses' });
    const refusal = page.getByRole('alert', { name: 'The settings were not saved' });
    for (const [wrong, words] of [['nowhere', /allowed_ip_ranges/], ['10.0.0.0/8', /your own address/]]) {
        await addresses.fill(wrong);
        await addresses.press('Enter');
        await page.locator('form').filter({ has: keyNeeded }).getByRole('button', { name: 'Save' }).click();
        await refusal.getByText(words).waitFor();
        await addresses.press('Backspace');
    }
    await addresses.fill('127.0.0.0/8');
    await addresses.press('Enter');
    await save(visitor, keyNeeded);
    assert.equal(await refusal.count(), 0);
    assert.deepEqual((await world.ada.get('/api/projects/default/security')).json.allowed_ip_ranges,
        ['127.0.0.0/8']);

    const unified = page.getByRole('switch', { name: 'Offer all servers together' });
    await unified.click({ force: true });
    await save(visitor, keyNeeded);
    await eventually('no servers together', async () => !await enters(key));
    await page.reload();
    await keyNeeded.waitFor();
    await page.getByText('127.0.0.0/8').waitFor();
    assert.deepEqual([await unified.isChecked(), await keyNeeded.isChecked(),
        await page.getByRole('radio', { name: 'Never with the server' }).isChecked()],
    [false, true, true]);
    await visitor.close();
});

test('a project is renamed and its old address leads on; how long calls stay is kept', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await world.ada.post('/api/projects', { name: 'shed' });
    await visitor.visit(settings('shed'));
    await page.getByLabel('Name', { exact: true }).fill('The big house');
    await page.getByLabel('Name in addresses').fill('Not A Slug');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByText('Small letters, digits and hyphens, 63 at most.').waitFor();
    await page.getByLabel('Name in addresses').fill('default');
    await page.getByRole('button', { name: 'Save' }).first().click();
    await page.getByRole('alert', { name: 'The settings were not saved' }).waitFor();
    await page.getByLabel('Name in addresses').fill('house');
    await page.getByRole('combobox', { name: /^Keep calls/ }).click();
    await page.getByRole('option', { name: '7 days' }).click();
    await save(visitor, page.getByLabel('Name in addresses'));
    await page.waitForURL(`**${settings('house')}`);
    await page.getByRole('button', { name: 'Project The big house; switch' }).waitFor();
    const { name, display_name: displayed, retention_days: days } = await read('house');
    assert.deepEqual([name, displayed, days], ['house', 'The big house', 7]);

    await visitor.visit(`${settings('shed')}?from=a-bookmark`);
    await page.waitForURL(`**${settings('house')}**`);
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'The big house');
    assert.equal(await page.getByRole('combobox', { name: /^Keep calls/ }).inputValue(), '7 days');
    await visitor.visit(`/projects/${(await read('house')).id}/logs?time_range=6h`);
    await page.waitForURL('**/projects/house/logs?time_range=6h');
    await visitor.close();
});

test('a project is left by a member, and deleted by who types its name', async () => {
    await world.ada.post('/api/projects', { name: 'barn' });
    await world.ada.post('/api/projects/barn/members', { email: kim.email, role: 'reporter' });
    const kims = new Browser(world.orchestrator);
    await kims.logIn(kim.email, kim.password);
    const member = await world.open({ cookie: kims.cookie });
    await member.visit(settings('barn'));
    assert.equal(await member.page.getByRole('button', { name: /Save|Delete/ }).count(), 0);
    await member.page.getByRole('button', { name: 'Leave project' }).click();
    await member.page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await member.page.getByRole('dialog').waitFor({ state: 'detached' });
    await member.page.getByRole('button', { name: 'Leave project' }).click();
    await member.page.getByRole('dialog').getByRole('button', { name: 'Leave project' }).click();
    await member.page.waitForURL('**/projects');
    await member.page.getByText('No project yet').waitFor();
    assert.equal((await kims.get('/api/projects/barn')).status, 404);
    await member.close();

    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit(settings('barn'));
    await page.getByRole('button', { name: 'Delete project' }).click();
    const dialog = page.getByRole('dialog');
    const sure = dialog.getByRole('button', { name: 'Delete project' });
    assert.equal(await sure.isDisabled(), true);
    await dialog.getByLabel('Type barn to go on').fill('bar');
    assert.equal(await sure.isDisabled(), true);
    await dialog.getByLabel('Type barn to go on').fill('barn');
    await sure.click();
    await page.waitForURL('**/projects');
    await page.getByText('barn was deleted.').waitFor();
    await page.getByRole('link', { name: /default/ }).waitFor();
    assert.equal(await page.getByRole('link', { name: /barn/ }).count(), 0);
    assert.equal((await world.ada.get('/api/projects/barn')).status, 404);
    assert.deepEqual([...visitor.complaints, ...member.complaints], []);
    await visitor.close();
});

test('83-4: the feed is filtered and searched, each event with a sign of what it is', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await world.ada.post('/api/projects/default/servers/faulty/toggle');
    await world.ada.post('/api/projects/default/servers/faulty/toggle');
    const told = async (query = '') => (await world.ada.get(
        `/api/projects/default/activities?limit=50${query}`)).json.activities
        .map(({ description }) => description);
    const shown = () => page.locator('main').innerText();
    const events = await told();
    const ofServers = await told('&target_type=server');
    assert.ok(ofServers.length > 0 && ofServers.length < events.length);
    await visitor.visit('/projects/default/activity');
    const isShown = async (wanted) => {
        const text = (await shown()).toLowerCase();
        return events.every((event) =>
            text.includes(event.toLowerCase()) === wanted.includes(event));
    };
    await eventually('all events', () => isShown(events));
    // The signs of servers and of keys are not the same.
    const signs = await page.locator('main .mantine-ThemeIcon-root svg')
        .evaluateAll((icons) => icons.map((icon) => icon.getAttribute('class')));
    assert.equal(signs.length, events.length);
    assert.ok(new Set(signs).size > 1);

    await page.getByRole('combobox', { name: 'About' }).click();
    await page.getByRole('option', { name: 'Server' }).click();
    await page.waitForURL(/target_type=server/);
    await eventually('the events of servers', () => isShown(ofServers));
    await page.reload();
    await eventually('the same from the address', () => isShown(ofServers));
    await visitor.visit('/projects/default/activity');
    await page.getByLabel('Search the activity').fill('laptop');
    await page.waitForURL(/search=laptop/);
    const found = await told('&search=laptop');
    assert.ok(found.length > 0 && found.length < events.length);
    await eventually('what was searched for', () => isShown(found));
    await page.getByLabel('Search the activity').fill('no such thing');
    await page.getByText('Nothing matches').waitFor();
    await visitor.visit('/projects/default/activity');
    await page.getByLabel('With tool calls').click({ force: true });
    const [call] = (await told('&include_tool_calls=true')).filter((each) => each.includes('echo'));
    await page.getByText(call).first().waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});
