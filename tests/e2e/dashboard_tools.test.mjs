// Tools of a project, what is asked of its servers, its keys and favourites, in a browser.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Visitor } from './support/chromium.mjs';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { Gate } from './support/gate.mjs';
import { faulty } from './support/server_definitions.mjs';

const api = '/api/projects/default';
const page = (name) => `/projects/default/${name}`;
const password = 'a quiet harbour at dusk';
const publicUrl = 'http://mcp.example.org:9000';

let world;
/** `late` tells its tools when this is opened. */
let gate;
const people = {};

async function addPerson(role) {
    const email = `${role}@example.org`;
    people[role] = new Browser(world.orchestrator);
    await people[role].post('/api/users/signup', { name: role, email, password });
    await people[role].logIn(email, password);
    const { status, text } = await world.ada.post(`${api}/members`, { email, role });
    assert.equal(status, 201, text);
}

before(async () => {
    world = await DashboardWorld.start({ quick: faulty() }, { env: {
        MCP_ORCH_SECURITY_SIGN_UP: 'true', MCP_ORCH_SECURITY_STDIO_SERVERS: 'owner',
        MCP_ORCH_SERVER_PUBLIC_URL: publicUrl } });
    gate = new Gate(world.workspace, 'late');
    const { status, text } = await world.ada.post(`${api}/servers`, { name: 'late',
        ...faulty(['--list-when', gate.path], { env: { E2E_MARK: world.workspace.mark } }) });
    assert.equal(status, 201, text);
    await addPerson('developer');
    await addPerson('reporter');
});

after(() => world?.dispose());

const openAs = (role) => Visitor.open(world.browser, world.orchestrator,
    { cookie: people[role].cookie });
const row = ({ page: tab }, name) => tab.getByRole('row').filter({ hasText: name }).first();
const toolRow = ({ page: tab }, name) => tab.getByRole('list', { name: 'Tools' })
    .getByRole('listitem').filter({ has: tab.getByText(name, { exact: true }) });
const tools = async () => (await world.ada.get(`${api}/tools`)).json;
const enabled = async (name) => (await tools()).find((tool) => tool.name === name).is_enabled;

test('87-4: a refresh of all shows each server when it has answered, on each page', async () => {
    const visitor = await world.open();
    const { page: tab } = visitor;
    await visitor.visit(page('tools'));
    await tab.getByText('No tools are known').waitFor();
    assert.deepEqual(visitor.calls.filter((call) => call.includes('/servers')), []);
    await visitor.visit(page('servers'));
    await tab.getByRole('button', { name: 'Refresh all' }).click();
    await row(visitor, 'quick').getByText('Online').waitFor();
    await row(visitor, 'late').getByText('Asking…').waitFor();
    await tab.getByRole('progressbar', { name: '1 of 2 servers have answered' }).waitFor();
    await tab.getByRole('link', { name: 'Overview' }).click();
    await tab.getByRole('progressbar', { name: '1 of 2 servers have answered' }).waitFor();
    await gate.open();
    await tab.getByRole('progressbar').waitFor({ state: 'detached' });
    await tab.getByRole('link', { name: 'Servers', exact: true }).click();
    await row(visitor, 'late').getByText('Online').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('all tools stand on one page, which asks for them once and for no server', async () => {
    const visitor = await world.open();
    const { page: tab } = visitor;
    await visitor.visit(page('tools'));
    assert.deepEqual(visitor.calls.filter((call) => call.includes(api)).sort(),
        ['', '/favorites', '/tools'].map((path) => `GET ${api}${path}`));
    assert.deepEqual(await visitor.barriers(), []);
    await tab.getByRole('textbox', { name: 'Search tools' }).fill('gives back');
    await toolRow(visitor, 'slow').first().waitFor({ state: 'detached' });
    await tab.getByText('2 of 2 offered to clients').waitFor();
    await tab.getByLabel('Server', { exact: true }).first().click();
    await tab.getByRole('option', { name: 'quick' }).click();
    await tab.waitForURL(/server=quick/);
    await tab.getByRole('button', { name: 'Shown: all off' }).click();
    await eventually('the switch', async () => (await tools())
        .filter(({ is_enabled }) => !is_enabled).length === 1);
    assert.equal(await enabled('slow'), true);
    // The page learns of it after the server: a click before that would ask for what is so already.
    const offer = { name: 'Offer echo (quick) to clients' };
    await tab.getByRole('switch', { ...offer, checked: false }).waitFor({ state: 'attached' });
    await tab.getByRole('switch', offer).click({ force: true });
    await eventually('the switch back', async () => (await tools())
        .every(({ is_enabled }) => is_enabled));
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('a tool is run from the list of all, and its calls are looked up', async () => {
    const visitor = await world.open();
    const { page: tab } = visitor;
    await visitor.visit(page('tools?search=gives+back&by=name'));
    await tab.getByRole('button', { name: 'Try it: echo (quick)' }).click();
    await tab.getByRole('dialog').getByText('JSON', { exact: true }).click();
    await tab.getByRole('dialog').getByRole('textbox').fill('{"nonce": "from the list"}');
    await tab.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
    await tab.getByRole('dialog').getByText(/from the list.*pid/).waitFor();
    await tab.getByRole('dialog').getByRole('button', { name: 'Close' }).click();
    await tab.getByRole('link', { name: 'Calls of echo (quick)' }).click();
    await tab.getByTestId('calls').getByRole('listitem').first().waitFor();
    assert.match(tab.url(), /tool_name=echo/);
    // 87-8: nor does the log tell an id where there is a name.
    await tab.getByText('Server: quick').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('favourites stand first in the palette, and are asked for where they are shown', async () => {
    const visitor = await world.open();
    const { page: tab } = visitor;
    await visitor.visit(page('tools?search=gives+back'));
    await tab.getByRole('button', { name: 'Favourite: echo' }).last().click();
    await tab.getByRole('button', { name: 'Favourite: echo', pressed: true }).waitFor();
    await visitor.visit(page('servers'));
    await tab.getByRole('button', { name: 'Favourite: quick' }).click();
    await tab.getByRole('button', { name: 'Favourite: quick', pressed: true }).waitFor();
    await visitor.visit(page('logs'));
    assert.deepEqual(visitor.calls.filter((call) => call.includes('favorites')), []);
    await tab.keyboard.press('Control+k');
    const options = tab.getByRole('listbox', { name: 'Go to…' }).getByRole('option');
    await options.filter({ hasText: 'Favourite' }).nth(1).waitFor();
    assert.deepEqual((await options.allInnerTexts()).slice(0, 2)
        .map((text) => text.split('\n')[0]), ['echo', 'quick']);
    await tab.keyboard.press('Enter');
    await tab.getByRole('dialog').getByText('Gives back the nonce').waitFor();
    assert.match(tab.url(), /servers\/quick\?tool=echo/);
    await visitor.visit(page('servers/quick'));
    await tab.getByRole('button', { name: 'Favourite: quick', pressed: true }).click();
    await eventually('one favourite less', async () =>
        (await world.ada.get(`${api}/favorites`)).json.length === 1);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the overview offers what the role allows, and the address that clients use', async () => {
    const names = ['Add server', 'Create key', 'Invite'];
    const offered = async ({ page: tab }) => {
        const there = await Promise.all(names.map((name) =>
            tab.getByRole('button', { name, exact: true }).count()));
        return names.filter((_, at) => there[at] > 0);
    };
    const reporter = await openAs('reporter');
    await reporter.visit(page('overview'));
    assert.deepEqual(await offered(reporter), []);
    await reporter.page.getByRole('link', { name: 'Explore the log' }).waitFor();
    await reporter.page.getByText(`${publicUrl}/projects/default/unified/mcp`).first().waitFor();
    await reporter.close();
    const developer = await openAs('developer');
    await developer.visit(page('overview'));
    assert.deepEqual(await offered(developer), ['Add server', 'Create key']);
    await developer.page.getByRole('button', { name: 'Add server' }).click();
    await developer.page.getByRole('tab', { name: 'Fill in a form' }).click();
    await developer.page.getByText('You may not set here what programs run').waitFor();
    assert.equal(await developer.page.getByText('Program (stdio)').count(), 0);
    await developer.close();
    const visitor = await world.open();
    await visitor.visit(page('overview'));
    assert.deepEqual(await offered(visitor), names);
    await visitor.page.getByRole('button', { name: 'Add server' }).click();
    await visitor.page.getByRole('tab', { name: 'Fill in a form' }).click();
    await visitor.page.getByText('Program (stdio)').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the limits of a key are changed, and it is held back, taken up and replaced', async () => {
    await world.ada.post(`${api}/api-keys`, { name: 'laptop', expires_at: null });
    const stored = async () => (await world.ada.get(`${api}/api-keys`)).json;
    const only = async () => (await stored())[0];
    const visitor = await world.open();
    const { page: tab } = visitor;
    await visitor.visit(page('keys'));
    assert.deepEqual(visitor.calls.filter((call) => call.includes('/servers')), []);
    await tab.getByRole('button', { name: 'Edit laptop' }).click();
    const dialog = tab.getByRole('dialog');
    await dialog.getByLabel('Calls per day').fill('50');
    await dialog.getByRole('switch', { name: 'May call tools' }).click({ force: true });
    await dialog.getByLabel('Only these servers').first().click();
    await tab.getByRole('option', { name: 'quick' }).click();
    await dialog.getByLabel('Only from these addresses').first().fill('10.0.0.0/8');
    await tab.keyboard.press('Enter');
    await dialog.getByRole('button', { name: 'Save' }).click();
    await row(visitor, 'laptop').getByText('50 calls a day').waitFor();
    const { scope, limits, expires_at } = await only();
    assert.deepEqual([scope.may_call, scope.servers.length, scope.ip_ranges, limits.calls_per_day,
        expires_at], [false, 1, ['10.0.0.0/8'], 50, null]);
    await tab.getByRole('button', { name: 'Hold laptop back' }).click();
    await row(visitor, 'laptop').getByText('Held back').waitFor();
    assert.equal((await only()).status, 'quarantined');
    await tab.getByRole('button', { name: 'Take laptop up again' }).click();
    await row(visitor, 'laptop').getByText('Active').waitFor();
    await tab.getByRole('button', { name: 'Replace laptop' }).click();
    await tab.getByTestId('secret').waitFor();
    await tab.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
    const old = tab.getByRole('row').filter({ hasText: 'Replaced' });
    await old.getByText(/ends in/).waitFor();
    const ends = (await stored()).find(({ rotated_from }) => rotated_from === null).expires_at;
    assert.equal(await old.locator('time').first().getAttribute('datetime'), ends);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('callers have names, and bodies are asked for when a call is opened', async () => {
    const { json: key } = await world.ada.post(`${api}/api-keys`, { name: 'robot' });
    const callAsRobot = (nonce) => world.orchestrator.api(
        `${api}/servers/quick/tools/echo/execute`,
        { method: 'POST', body: { arguments: { nonce } }, token: key.api_key });
    assert.equal((await callAsRobot('stored')).status, 200);
    await eventually('the row', async () => (await world.ada.get(
        `/api/tool-call-logs?project_id=default&time_range=30m&principal=key:${key.id}`)).json
        .logs.length === 1);
    const visitor = await world.open();
    const { page: tab } = visitor;
    const lists = [];
    tab.on('request', (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === '/api/tool-call-logs') {
            lists.push(searchParams.get('bodies'));
        }
    });
    const opened = () => visitor.calls.filter((call) =>
        /tool-call-logs\/[0-9a-f-]{36}$/.test(call));
    await tab.goto(page(`logs?follow=live&principal=key:${key.id}`));
    const rows = tab.getByTestId('calls').getByRole('listitem');
    await rows.getByText('Key robot').first().waitFor();
    await tab.getByText('Caller: Key robot').waitFor();
    await tab.getByRole('checkbox', { name: 'Key robot' }).waitFor();
    await rows.first().getByRole('button').first().click();
    await tab.getByTestId('call-detail').getByText('stored').first().waitFor();
    assert.equal(opened().length, 1);
    await tab.getByText('Live', { exact: true }).waitFor();
    assert.equal((await callAsRobot('live')).status, 200);
    await eventually('the live row', async () => await rows.count() === 2);
    await rows.first().getByRole('button').first().click();
    await tab.getByTestId('call-detail').getByText('live').first().waitFor();
    assert.equal(opened().length, 1, 'the live row had its bodies');
    assert.deepEqual([...new Set(lists)], ['false']);
    await visitor.visit(page('metrics'));
    await tab.getByRole('link', { name: 'Key robot' }).waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('89-2: a server is changed, renamed and deleted on its own page', async () => {
    const visitor = await world.open();
    const { page: tab } = visitor;
    await visitor.visit(page('servers/late'));
    await tab.getByRole('button', { name: 'Edit' }).click();
    await tab.getByRole('dialog').getByLabel('Name').fill('later');
    await tab.getByRole('dialog').getByLabel('Description').fill('Takes its time');
    await tab.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await tab.waitForURL(/servers\/later$/);
    await tab.getByRole('heading', { level: 1, name: 'later' }).waitFor();
    await tab.getByText('Takes its time').first().waitFor();
    await tab.getByRole('button', { name: 'Delete', exact: true }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await tab.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal((await world.ada.get(`${api}/servers/later`)).status, 200);
    await tab.getByRole('button', { name: 'Delete', exact: true }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await tab.waitForURL(/servers$/);
    await row(visitor, 'quick').waitFor();
    assert.equal((await world.ada.get(`${api}/servers/later`)).status, 404);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});
