// Who uses a project, in the dashboard: sessions of MCP clients, members, and keys.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect } from './support/client.mjs';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { faulty } from './support/server_definitions.mjs';

const path = (name) => `/projects/default/${name}`;
const sessionsRefreshMs = 10_000;
const bob = { name: 'Bob Hale', email: 'bob@example.org', password: 'a brown fox over there' };

let world;

before(async () => {
    world = await DashboardWorld.start({ faulty: faulty() });
    assert.equal((await world.ada.post('/api/users/admin', bob)).status, 201);
});

after(() => world?.dispose());

const rowOf = ({ page }, words) => page.getByRole('row').filter({ hasText: words });
const cellsOf = (row) => row.getByRole('cell').allInnerTexts();

test('a session comes, counts and ends on the page as its client does', async () => {
    const key = await world.orchestrator.createKey('laptop');
    const visitor = await world.open();
    const { page } = visitor;
    await page.clock.install();
    await page.goto(path('sessions'));
    await page.getByText('Nobody is connected').waitFor();
    const refreshed = () => page.clock.fastForward(sessionsRefreshMs);

    const session = await connect(world.orchestrator, 'server_http',
        { server: 'faulty', key, name: 'Cline' });
    await eventually('the session', async () => (await log.sessions(world.orchestrator)).length === 1);
    await refreshed();
    const row = rowOf(visitor, 'Cline');
    await row.getByText('Live', { exact: true }).waitFor();
    const counts = async () => (await cellsOf(row)).slice(3, 5);
    assert.deepEqual(await counts(), ['0', '0']);
    assert.match((await cellsOf(row)).slice(1, 3).join(), /faulty.*HTTP.*Key laptop/s);

    await session.call('echo', { nonce: 'one' });
    await session.call('echo', { nonce: 'two' });
    await session.call('fail');
    await eventually('the counters', async () => {
        const [{ total_calls: total }] = await log.sessions(world.orchestrator);
        return total === 3;
    });
    await refreshed();
    await eventually('the counters on the page', async () =>
        (await counts()).join() === '3,1');

    await session.close();
    await eventually('the end', async () =>
        !(await log.sessions(world.orchestrator))[0].is_active);
    await refreshed();
    await page.getByText('Nobody is connected').waitFor();
    await page.getByRole('radiogroup', { name: 'Which sessions' }).getByText('Ended').click();
    await page.waitForURL(/state=ended/);
    await row.waitFor();
    assert.deepEqual(await counts(), ['3', '1']);
    assert.equal(await row.getByText('Live', { exact: true }).count(), 0);
    // The page of its server tells of it, too.
    await page.goto(path('servers/faulty?tab=sessions'));
    await row.waitFor();
    assert.deepEqual(await counts(), ['3', '1']);
    await row.getByRole('link', { name: '3' }).click();
    await page.waitForURL(/logs\?.*session_id=/);
    await eventually('the calls of the session', async () =>
        await page.getByTestId('calls').getByRole('listitem').count() === 3);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('somebody is invited, gets another role, and is removed', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit(path('members'));
    const invite = async (email) => {
        await page.getByRole('dialog').getByLabel('E-mail').fill(email);
        await page.getByRole('dialog').getByRole('button', { name: 'Invite' }).click();
    };
    const members = async () => (await world.ada.get('/api/projects/default/members')).json
        .map(({ user_email: email, role }) => [email, role]);
    await page.getByRole('button', { name: 'Invite' }).first().click();
    await invite('nobody@example.org');
    await page.getByRole('dialog').getByRole('alert').waitFor();
    await invite(bob.email);
    await rowOf(visitor, bob.email).waitFor();
    assert.deepEqual(await members(), [[bob.email, 'developer']]);

    await page.getByRole('combobox', { name: `Role of ${bob.name}` }).click();
    await page.getByRole('option', { name: 'Reporter' }).click();
    await eventually('the role', async () => (await members())[0][1] === 'reporter');
    await eventually('the role on the page', async () =>
        await page.getByRole('combobox', { name: `Role of ${bob.name}` }).inputValue() === 'Reporter');

    // Reporters see who is there, and cannot change it.
    const bobs = new Browser(world.orchestrator);
    await bobs.logIn(bob.email, bob.password);
    const other = await world.open({ cookie: bobs.cookie });
    await other.visit(path('members'));
    await rowOf(other, bob.email).getByText('Reporter').waitFor();
    assert.equal(await other.page.getByRole('button', { name: /Invite|Remove/ }).count(), 0);
    await other.visit(path('keys'));
    assert.equal(await other.page.getByRole('button', { name: /Create key|Revoke|Replace/ }).count(), 0);

    await page.getByRole('button', { name: `Remove ${bob.name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal((await members()).length, 1);
    await page.getByRole('button', { name: `Remove ${bob.name}` }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Remove', exact: true }).click();
    await rowOf(visitor, bob.email).waitFor({ state: 'detached' });
    assert.deepEqual(await members(), []);
    await other.visit(path('members'));
    await other.page.getByText('There is nothing here').waitFor();
    assert.deepEqual(visitor.complaints.filter((text) => !text.includes('404')), []);
    await other.close();
    await visitor.close();
});

test('a key is replaced, revoked, and told to expire', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    const keys = '/api/projects/default/api-keys';
    const opens = async (key) => (await world.orchestrator.api(
        '/api/tool-call-logs?project_id=default&time_range=30m', { token: key })).status === 200;
    const secret = () => page.getByTestId('secret').innerText();
    const done = async () => {
        await page.getByRole('button', { name: 'Done' }).click();
        await eventually('no dialog', async () => await page.getByRole('dialog').count() === 0);
    };
    const hourMs = 3_600_000;
    const soonMs = 1_500;
    const brief = (await world.ada.post(keys, { name: 'brief',
        expires_at: new Date(Date.now() + soonMs).toISOString() })).json.api_key;

    await visitor.visit(path('keys'));
    await page.getByRole('button', { name: 'Create key' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('robot');
    await page.getByRole('combobox', { name: 'Expires' }).click();
    await page.getByRole('option', { name: 'in 7 days' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Create key' }).click();
    const first = await secret();
    await done();
    const robot = rowOf(visitor, 'robot').filter({ hasText: first.slice(-4) });
    await robot.getByText('Expires soon').waitFor();
    const ends = Date.parse(await robot.locator('time').last().getAttribute('datetime'));
    assert.ok(Math.abs(ends - Date.now() - 7 * 24 * hourMs) < hourMs);

    await robot.getByRole('button', { name: 'Replace robot' }).click();
    await page.getByTestId('secret').waitFor();
    const second = await secret();
    assert.notEqual(second, first);
    await done();
    // For an hour both open the project.
    assert.deepEqual([await opens(first), await opens(second)], [true, true]);
    const until = Date.parse(await robot.locator('time').last().getAttribute('datetime'));
    assert.ok(until - Date.now() <= hourMs && until - Date.now() > 0.9 * hourMs);

    const fresh = rowOf(visitor, 'robot').filter({ hasText: second.slice(-4) });
    await fresh.getByRole('button', { name: 'Revoke robot' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(await opens(second), true);
    await fresh.getByRole('button', { name: 'Revoke robot' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click();
    await page.getByText('robot was revoked.').waitFor();
    await eventually('the end of the key', async () => !await opens(second));
    assert.deepEqual([await opens(first), await fresh.getByText('Active').count()], [true, 0]);

    await eventually('the end of the brief key', async () => !await opens(brief));
    await page.reload();
    await rowOf(visitor, 'brief').getByText('Expired').waitFor();
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});
