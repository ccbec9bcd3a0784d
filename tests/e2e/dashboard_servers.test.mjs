// Servers in the dashboard: taken over from a configuration, refreshed, looked into, their tools run.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { everything, faulty } from './support/server_definitions.mjs';

const servers = '/projects/default/servers';

let world;

before(async () => {
    world = await DashboardWorld.start({ everything: everything(), broken: faulty(['--exit', '3']) });
});

after(() => world?.dispose());

const row = ({ page }, name) => page.getByRole('row').filter({ hasText: name }).first();

test('a configuration is pasted, looked at and taken over', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit(servers);
    await page.getByRole('button', { name: 'Add server' }).click();
    await page.getByRole('textbox', { name: 'Configuration' }).fill(JSON.stringify({
        mcpServers: { pasted: { command: 'false' }, 'no way': { nothing: 1 } } }));
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Not possible').waitFor();
    assert.equal((await world.ada.get('/api/projects/default/servers')).json
        .some(({ name }) => name === 'pasted'), false);
    await page.getByRole('button', { name: 'Take over 1 server' }).click();
    await row(visitor, 'pasted').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('87-4, 87-5: all are refreshed, and a bad one spoils no good one', async () => {
    const visitor = await world.open();
    await visitor.visit(servers);
    await visitor.page.getByRole('button', { name: 'Refresh all' }).click();
    await row(visitor, 'everything').getByText('Online').waitFor();
    await row(visitor, 'broken').getByText('Error', { exact: true }).waitFor();
    await row(visitor, 'broken').getByText(/exit code 3/).waitFor();
    await visitor.close();
});

test('89-3: the address of a server opens its page, where a tool runs from a form', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await world.ada.post('/api/projects/default/servers/everything/refresh-status');
    await visitor.visit(`${servers}/everything`);
    assert.deepEqual(await visitor.barriers(), []);
    await page.getByRole('button', { name: 'Try it: get-sum' }).click();
    const form = page.getByRole('dialog');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/required property/).first().waitFor();
    await form.locator('form input').nth(0).fill('20');
    await form.locator('form input').nth(1).fill('22');
    await form.getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText(/The sum of 20 and 22 is 42/).waitFor();
    await eventually('the row of the call', async () => (await world.ada.get(
        '/api/tool-call-logs?project_id=default&time_range=30m&tool_name=get-sum')).json
        .logs.length === 1);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the palette leads to a server by its name', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/projects/default/overview');
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to…' }).fill('everything');
    await page.keyboard.press('Enter');
    await page.waitForURL(/\/servers\/everything/);
    await visitor.close();
});
