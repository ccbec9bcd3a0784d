// The pages of a project: what they ask for, and that none of them waits for a server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { faulty } from './support/server_definitions.mjs';

const servers = '/api/projects/default/servers';
const page = (name) => `/projects/default/${name}`;
const tabs = ['overview', 'servers', 'tools', 'logs', 'metrics', 'sessions', 'members', 'keys', 'activity',
    'settings'];

const administration = ['system', 'users', 'projects', 'teams', 'keys', 'logs', 'scheduler']
    .map((name) => `/admin/${name}`);

let world;

before(async () => {
    world = await DashboardWorld.start({ faulty: faulty(), silent: faulty(['--silent']),
        mute: faulty(['--silent']), unlisted: faulty(['--hang-list']) });
    for (const nonce of ['one', 'two', 'three']) {
        assert.equal((await world.call('faulty', 'echo', { nonce })).status, 200);
    }
    await world.call('faulty', 'fail', { message: 'as told' });
});

after(() => world?.dispose());

test('87-8, 90-1: no page of a project waits for a server, and few ask for servers', async () => {
    const visitor = await world.open();
    for (const name of tabs) {
        await visitor.visit(page(name));
        const toServers = visitor.calls.filter((call) => call.includes('/servers'));
        assert.deepEqual(visitor.calls.filter((call) => !call.startsWith('GET ')), [], name);
        assert.deepEqual(toServers, ['overview', 'servers'].includes(name)
            ? [`GET ${servers}`] : [], name);
        assert.deepEqual(visitor.complaints, [], name);
        assert.equal(await visitor.page.locator('.mantine-Skeleton-root').count(), 0, name);
    }
    await visitor.close();
    const { json } = await world.ada.get(servers);
    // 87-7: nor did one of them start a server.
    assert.deepEqual(json.filter(({ last_checked }) => last_checked !== null)
        .map(({ name }) => name), ['faulty']);
});

for (const colorScheme of ['light', 'dark']) {
    test(`pages keep nobody out, and fit on a telephone: ${colorScheme}`, async () => {
        const visitor = await world.open({ colorScheme });
        for (const name of ['/projects', '/profile', ...tabs.map(page), ...administration]) {
            await visitor.page.setViewportSize({ width: 1280, height: 860 });
            await visitor.visit(name);
            assert.deepEqual(await visitor.barriers(), [], name);
            await visitor.page.setViewportSize({ width: 380, height: 800 });
            await eventually(`${name} to fit`, () => visitor.fits());
        }
        assert.deepEqual(visitor.complaints, []);
        await visitor.close();
    });
}

test('87-5, 87-6, 89-1: servers are shown at once, and one is refreshed alone', async () => {
    const visitor = await world.open();
    await visitor.visit(page('servers'));
    assert.deepEqual(visitor.calls.filter((call) => call.includes('/servers')), [`GET ${servers}`]);
    const row = (name) => visitor.page.getByRole('row').filter({ hasText: name }).first();
    await row('unlisted').getByText('never').first().waitFor();
    visitor.calls.length = 0;
    await visitor.page.getByRole('button', { name: 'Refresh faulty' }).click();
    await row('faulty').getByText('Online').waitFor();
    await eventually('the refresh', () => visitor.calls.some((call) =>
        call.startsWith('POST') && call.endsWith('/refresh-status')));
    const { json } = await world.ada.get(servers);
    const stored = json.find(({ name }) => name === 'faulty');
    assert.equal(await row('faulty').locator('time').first().getAttribute('datetime'),
        stored.last_checked);
    // The time is the server's, so another look shows the same.
    await visitor.visit(page('servers'));
    assert.equal(await row('faulty').locator('time').first().getAttribute('datetime'),
        stored.last_checked);
    assert.equal(json.find(({ name }) => name === 'silent').last_checked, null);
    await visitor.close();
});

test('89-2: a server is switched off and on, and deleted after a question', async () => {
    const visitor = await world.open();
    await visitor.visit(page('servers'));
    const { page: tab } = visitor;
    const enabled = async (name) => (await world.ada.get(servers)).json
        .find((server) => server.name === name)?.is_enabled;
    await tab.getByRole('switch', { name: 'mute is enabled' }).click({ force: true });
    await eventually('the switch', async () => await enabled('mute') === false);
    await tab.getByRole('button', { name: 'More for mute' }).click();
    await tab.getByRole('menuitem', { name: 'Delete' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    assert.equal(await enabled('mute'), false);
    await tab.getByRole('button', { name: 'More for mute' }).click();
    await tab.getByRole('menuitem', { name: 'Delete' }).click();
    await tab.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await eventually('the deletion', async () => await enabled('mute') === undefined);
    await tab.getByRole('row').filter({ hasText: 'mute' }).waitFor({ state: 'detached' });
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('83-4: the feed shows what happened, and an error when it cannot be read', async () => {
    const visitor = await world.open();
    await visitor.visit(page('activity'));
    await visitor.page.getByText('mute').first().waitFor();
    await visitor.page.route('**/activities*', (route) => route.fulfill({ status: 503,
        contentType: 'application/problem+json',
        body: JSON.stringify({ title: 'Service Unavailable', status: 503,
            detail: 'The database is away.' }) }));
    await visitor.page.reload();
    await visitor.page.getByText('The database is away.').waitFor();
    assert.equal(await visitor.page.getByText('mute').count(), 0);
    await visitor.close();
});

test('85-12: the numbers on the metrics page are those of the API', async () => {
    const visitor = await world.open();
    await visitor.visit(page('metrics'));
    const { json } = await world.ada.get(
        '/api/tool-call-logs/metrics?project_id=default&time_range=30m');
    assert.equal(json.total_calls, 4);
    await visitor.page.getByText(`${json.success_rate.toFixed(1)} %`).first().waitFor();
    await visitor.page.getByText('TOOL_ERROR').first().waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('a key is shown once, with a configuration to paste', async () => {
    const visitor = await world.open();
    await visitor.visit(page('keys'));
    const { page: tab } = visitor;
    await tab.getByRole('button', { name: /new key|create key|add key/i }).first().click();
    await tab.getByRole('dialog').getByLabel('Name').fill('laptop');
    await tab.getByRole('dialog').getByRole('button', { name: /create|make/i }).click();
    const key = await eventually('the key', async () =>
        /mch_[A-Za-z0-9]{48}/.exec(await tab.locator('body').innerText())?.[0]);
    const { status } = await world.orchestrator.api(
        '/api/tool-call-logs?project_id=default&time_range=30m', { token: key });
    assert.equal(status, 200);
    await tab.reload();
    await tab.getByText('laptop').first().waitFor();
    assert.equal((await tab.content()).includes(key), false);
    await visitor.close();
});
