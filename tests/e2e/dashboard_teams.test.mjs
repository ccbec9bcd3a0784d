// Accounts that people make by themselves, and their teams, in the dashboard.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';

const password = 'a quiet harbour at dusk';
const bob = { name: 'Bob Hale', email: 'bob@example.org', password };
const eve = { name: 'Eve Ward', email: 'eve@example.org', password };
const kim = { name: 'Kim Minji', email: 'kim@example.org', password };
const team = (page) => `/teams/the-tools/${page}`;
const api = (path = '') => `/api/teams/the-tools${path}`;

let world;
const people = {};

before(async () => {
    world = await DashboardWorld.start({}, { env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const [name, account] of Object.entries({ bob, kim })) {
        assert.equal((await world.ada.post('/api/users/admin', account)).status, 201);
        people[name] = new Browser(world.orchestrator);
        assert.equal((await people[name].logIn(account.email, password)).status, 200);
    }
});

after(() => world?.dispose());

const openAs = (person, options) => world.open({ cookie: people[person].cookie, ...options });
const members = async () => (await world.ada.get(api('/members'))).json
    .map(({ name, role }) => `${name}: ${role}`);
const rowOf = ({ page }, words) => page.getByRole('row').filter({ hasText: words });
const button = ({ page }, name) => page.getByRole('button', { name });
const inDialog = ({ page }, name) => page.getByRole('dialog').getByRole('button', { name, exact: true });

/** What the browser says of an answer that the test provoked is no complaint. */
const complaints = (visitor, ...expected) => visitor.complaints.filter((text) =>
    !expected.some((status) => text.includes(`status of ${status}`)));

async function chooseRole(visitor, name, role) {
    await visitor.page.getByRole('combobox', { name: `Role of ${name}` }).click();
    await visitor.page.getByRole('option', { name: role }).click();
}

test('86-1: people make accounts where that is open, and are told what the server says', async () => {
    const visitor = await world.open({ cookie: undefined });
    const { page } = visitor;
    await visitor.visit('/signin');
    assert.equal(await page.locator('input').count(), 2);
    assert.equal(await page.locator('button[type=submit]').count(), 1);
    assert.deepEqual(visitor.calls, ['GET /api/setup']);
    await page.getByRole('link', { name: 'Create an account' }).click();
    await page.waitForURL('**/signup');
    await page.getByLabel('Name').fill(eve.name);
    await page.getByLabel('E-mail').fill('eve@nowhere');
    await page.getByLabel('Password', { exact: true }).fill(password);
    await button(visitor, 'Create account').click();
    const refusal = await world.ada.post('/api/users/signup', { ...eve, email: 'eve@nowhere' });
    assert.equal(refusal.status, 400);
    await page.getByRole('alert').getByText(refusal.json.detail).waitFor();
    await page.getByLabel('E-mail').fill(eve.email);
    const answer = page.waitForResponse('**/api/users/signup');
    await button(visitor, 'Create account').click();
    const { message } = await (await answer).json();
    await page.getByRole('status').getByText(message).waitFor();
    assert.equal(await page.locator('input').count(), 0);
    assert.deepEqual(await visitor.barriers(), []);
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('E-mail').fill(eve.email);
    await page.getByLabel('Password', { exact: true }).fill(password);
    await button(visitor, 'Sign in').click();
    await page.waitForURL('**/projects');
    assert.deepEqual(complaints(visitor, 400), []);
    await visitor.close();
});

test('a team is made, and somebody invited, given another role and removed', async () => {
    const visitor = await openAs('bob');
    const { page } = visitor;
    await visitor.visit('/projects');
    await page.getByRole('link', { name: 'Teams', exact: true }).click();
    await page.getByText('No team yet').waitFor();
    await button(visitor, 'New team').first().click();
    await page.getByRole('dialog').getByLabel('Name').fill('The Tools');
    await page.getByRole('dialog').getByLabel('Description').fill('They build what others use.');
    await inDialog(visitor, 'Create team').click();
    await page.waitForURL(`**${team('members')}`);
    await rowOf(visitor, bob.email).waitFor();

    await button(visitor, 'Invite').click();
    const invite = async (email) => {
        await page.getByRole('dialog').getByLabel('E-mail').fill(email);
        await inDialog(visitor, 'Invite').click();
    };
    await invite('nobody@example.org');
    await page.getByRole('dialog').getByText('nobody has this address here').waitFor();
    await invite(kim.email);
    await rowOf(visitor, kim.email).waitFor();
    assert.deepEqual(await members(), ['Bob Hale: owner', 'Kim Minji: developer']);
    await chooseRole(visitor, kim.name, 'Reporter');
    await eventually('the role', async () => (await members())[1] === 'Kim Minji: reporter');

    await button(visitor, `Remove ${kim.name}`).click();
    await inDialog(visitor, 'Cancel').click();
    assert.equal((await members()).length, 2);
    await button(visitor, `Remove ${kim.name}`).click();
    await inDialog(visitor, 'Remove').click();
    await rowOf(visitor, kim.email).waitFor({ state: 'detached' });
    assert.deepEqual(await members(), ['Bob Hale: owner']);
    assert.deepEqual(complaints(visitor, 404), []);
    await visitor.close();
});

test('a reporter reads all of the team, and is offered nothing that is refused', async () => {
    const joined = await people.bob.post(api('/members/invite'), { email: kim.email, role: 'reporter' });
    assert.equal(joined.status, 201);
    const visitor = await openAs('kim');
    const { page } = visitor;
    for (const name of ['overview', 'projects', 'members', 'activity', 'settings']) {
        await visitor.visit(team(name));
        assert.equal(await button(visitor, /invite|remove|take|save|transfer|delete/i).count(), 0, name);
        assert.deepEqual(visitor.complaints, [], name);
    }
    assert.equal(await button(visitor, 'Leave team').count(), 1);
    assert.equal(await page.getByLabel('Name', { exact: true }).isEditable(), false);
    await visitor.visit(team('members'));
    await rowOf(visitor, kim.email).getByText('Reporter').waitFor();
    assert.equal(await page.getByRole('combobox').count(), 0);
    await visitor.close();
    // The same page has the buttons for who may use them.
    const owner = await openAs('bob');
    await owner.visit(team('settings'));
    assert.equal(await button(owner, /save|transfer|delete/i).count(), 3);
    await owner.close();
});

test('an owner renames the team, and its events can be narrowed down to it', async () => {
    const visitor = await openAs('bob');
    const { page } = visitor;
    await visitor.visit(team('settings'));
    await page.getByLabel('Name', { exact: true }).fill('The Workshop');
    await button(visitor, 'Save').click();
    await page.getByRole('banner').getByRole('link', { name: 'The Workshop' }).waitFor();
    assert.equal((await people.bob.get(api())).json.name, 'The Workshop');

    await visitor.visit(team('activity'));
    const renamed = page.getByText('team updated: The Workshop');
    await renamed.waitFor();
    await page.getByRole('combobox', { name: 'About' }).click();
    await page.getByRole('option', { name: 'Person' }).click();
    await page.waitForURL(/target_type=member/);
    await renamed.waitFor({ state: 'detached' });
    await page.getByText('team member removed: Kim Minji').waitFor();
    await page.getByLabel('Search the activity').fill('nothing like this');
    await page.getByText('Nothing matches').waitFor();
    assert.match(page.url(), /search=nothing/);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the last owner stays until there is another', async () => {
    const words = 'The last owner stays: make somebody else an owner first.';
    const visitor = await openAs('bob');
    const { page } = visitor;
    await visitor.visit(team('members'));
    await chooseRole(visitor, bob.name, 'Developer');
    await page.getByText(words).waitFor();
    assert.equal((await members())[0], 'Bob Hale: owner');
    await visitor.visit(team('settings'));
    const leave = async () => {
        await button(visitor, 'Leave team').click();
        await inDialog(visitor, 'Leave team').click();
    };
    await leave();
    await page.getByText(words).waitFor();
    assert.equal(new URL(page.url()).pathname, team('settings'));

    await button(visitor, 'Transfer ownership').click();
    await page.getByRole('combobox', { name: 'New owner' }).click();
    await page.getByRole('option', { name: kim.email }).click();
    await inDialog(visitor, 'Transfer ownership').click();
    await button(visitor, 'Delete team').waitFor({ state: 'detached' });
    assert.deepEqual((await members()).sort(), ['Bob Hale: developer', 'Kim Minji: owner']);
    await leave();
    await page.waitForURL('**/teams');
    await page.getByText('No team yet').waitFor();
    assert.deepEqual(await members(), ['Kim Minji: owner']);
    assert.deepEqual(complaints(visitor, 409), []);
    await visitor.close();
});

for (const colorScheme of ['light', 'dark']) {
    test(`pages of teams ask for what they show, keep nobody out and fit: ${colorScheme}`, async () => {
        const visitor = await openAs('kim', { colorScheme });
        const { page } = visitor;
        const fits = (name) => eventually(`${name} to fit`, () => page.evaluate(() =>
            document.documentElement.scrollWidth <= document.documentElement.clientWidth));
        const asked = { '/teams': ['/api/teams'], '/signin': ['/api/setup'], '/signup': ['/api/setup'],
            [team('overview')]: ['', '/activity', '/members', '/projects'].map(api),
            [team('projects')]: ['', '/projects'].map(api), [team('members')]: ['', '/members'].map(api),
            [team('activity')]: ['', '/activity'].map(api), [team('settings')]: [api()] };
        for (const [name, paths] of Object.entries(asked)) {
            await page.setViewportSize({ width: 1280, height: 860 });
            await visitor.visit(name);
            assert.deepEqual(visitor.calls.filter((call) => call !== 'GET /api/profile').sort(),
                paths.map((path) => `GET ${path}`), name);
            assert.deepEqual(await visitor.barriers(), [], name);
            await page.setViewportSize({ width: 380, height: 800 });
            await fits(name);
        }
        await visitor.visit(team('settings'));
        await button(visitor, 'Delete team').click();
        await page.getByRole('dialog').getByLabel('Type The Workshop to go on').fill('The Workshop');
        await eventually('a readable dialogue', async () => (await visitor.barriers()).length === 0);
        await fits('the dialogue');
        assert.deepEqual(visitor.complaints, []);
        await visitor.close();
    });
}

test('a team goes when it is in no project, and its name was typed', async () => {
    assert.equal((await people.kim.post('/api/projects', { name: 'shop' })).status, 201);
    await people.kim.post(api('/members/invite'), { email: bob.email, role: 'developer' });
    assert.equal((await people.kim.post('/api/projects/shop/teams/invite',
        { team_id: 'the-tools', role: 'reporter' })).status, 201);
    const visitor = await openAs('kim');
    const { page } = visitor;
    // The palette knows the team, too.
    await visitor.visit('/projects');
    await button(visitor, 'Go to…').click();
    await page.getByRole('combobox', { name: 'Go to…' }).fill('workshop');
    await page.getByRole('option', { name: /The Workshop/ }).click();
    await page.waitForURL(`**${team('overview')}`);
    await page.getByRole('navigation', { name: 'Pages of the team' })
        .getByRole('link', { name: 'Settings' }).click();

    const remove = async () => {
        await button(visitor, 'Delete team').click();
        assert.equal(await inDialog(visitor, 'Delete team').isDisabled(), true);
        await page.getByRole('dialog').getByLabel(/^Type/).fill('The Workshop');
        await inDialog(visitor, 'Delete team').click();
    };
    await remove();
    await page.getByText('People are in projects with this team: remove it there first.').waitFor();
    await visitor.visit(team('projects'));
    assert.equal(await page.getByRole('link', { name: 'shop', exact: true }).getAttribute('href'),
        '/projects/shop/overview');
    await button(visitor, 'Take the team out of shop').click();
    await inDialog(visitor, 'Remove').click();
    await page.getByText('The team is in no project of yours').waitFor();
    await visitor.visit(team('settings'));
    await remove();
    await page.waitForURL('**/teams');
    await page.getByText('No team yet').waitFor();
    assert.equal((await world.ada.get(api())).status, 404);
    await visitor.visit(team('overview'));
    await page.getByText('There is nothing here').waitFor();
    assert.deepEqual(complaints(visitor, 409, 404), []);
    await visitor.close();
});
