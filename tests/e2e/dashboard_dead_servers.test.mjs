// A project all of whose servers hang: calls and refreshes wait for them, and no page does.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { faulty } from './support/server_definitions.mjs';

const servers = '/api/projects/default/servers';
const tabs = ['Overview', 'Servers', 'Tools', 'Logs', 'Metrics', 'Sessions', 'Members', 'API keys',
    'Activity', 'Settings'];
const askForServers = ['Overview', 'Servers'];
const flags = { silent: ['--silent'], mute: ['--silent'], unlisted: ['--hang-list'],
    endless: ['--hang-list'] };

let world;
/** Requests that wait for the servers until the test lets them go. */
let waiting;
const letGo = new AbortController();

before(async () => {
    world = await DashboardWorld.start({}, { env: { MCP_ORCH_SERVERS_HANDSHAKE_TIMEOUT: '10m' } });
    for (const [name, given] of Object.entries(flags)) {
        const { command, args } = faulty([...given, '--starts', startsOf(name)]);
        assert.equal((await world.ada.post(servers, { name, command, args, timeout: 300 })).status, 201);
    }
    waiting = Object.keys(flags).map((name) => pending(`${servers}/${name}/refresh-status`));
    await eventually('the servers', () => Object.keys(flags).every((name) => starts(name) === 1));
});

after(async () => {
    letGo.abort();
    await world?.dispose();
});

const startsOf = (name) => join(world.workspace.shared, `${name}.starts`);

function starts(name) {
    try {
        return readFileSync(startsOf(name), 'utf8').trim().split('\n').length;
    } catch {
        return 0;
    }
}

/** A request to a server that hangs; it tells whether it was answered. */
function pending(path) {
    const asked = { answered: false };
    fetch(new URL(path, world.orchestrator.url), { method: 'POST', signal: letGo.signal,
        headers: { authorization: `Bearer ${world.orchestrator.adminToken}` } })
        .then(() => { asked.answered = true; }, () => {});
    return asked;
}

/** Calls of the page to the API, each with its status once it has been answered. */
function traceOf(page) {
    const trace = [];
    page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/api/')) {
            const call = { asked: `${request.method()} ${pathname}`, status: undefined };
            trace.push(call);
            request.response().then((response) => { call.status = response?.status(); }, () => {});
        }
    });
    return trace;
}

test('87-7, 87-8, 90-1: every page opens while all servers hang, and asks none of them', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    const trace = traceOf(page);
    const asked = [];
    const settle = async (name) => {
        await eventually(`the answers to ${name}`, () =>
            trace.every(({ status }) => status !== undefined));
        await page.waitForFunction(() => document.querySelector('.mantine-Skeleton-root') === null);
        assert.ok(trace.every((call) => call.asked.startsWith('GET ') && call.status === 200),
            JSON.stringify(trace));
        asked.push(...trace.splice(0).map((call) => ({ name, ...call })));
    };
    await visitor.visit('/projects/default');
    await settle(tabs[0]);
    for (const name of tabs.slice(1)) {
        await page.getByRole('navigation', { name: 'Pages of the project' })
            .getByRole('link', { name, exact: true }).click();
        await page.locator('main h1').filter({ hasText: name }).waitFor({ state: 'attached' });
        await settle(name);
    }
    // The list of servers is taken from the store, or from what the page before knew.
    const ofServers = asked.filter((call) => call.asked.includes('/servers'));
    assert.deepEqual([...new Set(ofServers.map((call) => call.asked))], [`GET ${servers}`]);
    assert.deepEqual(ofServers.map(({ name }) => name),
        askForServers.slice(0, ofServers.length));
    assert.equal(new Set(asked.map(({ name }) => name)).size >= tabs.length - 2, true,
        JSON.stringify(asked));
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
    // All that while the servers hung, and nobody else asked them anything.
    assert.deepEqual(waiting.map(({ answered }) => answered), waiting.map(() => false));
    assert.deepEqual(Object.keys(flags).map(starts), [1, 1, 1, 1]);
});

test('89-2: what hangs is switched off and deleted, and the list is asked for once after each',
    async () => {
        const visitor = await world.open();
        const { page } = visitor;
        await visitor.visit('/projects/default/servers');
        const trace = traceOf(page);
        const { id } = (await world.ada.get(`${servers}/silent`)).json;
        const askedFor = async (...calls) => {
            await eventually('the answers', () => trace.length >= calls.length
                && trace.every(({ status }) => status !== undefined));
            assert.deepEqual(trace.splice(0), calls.map(([asked, status]) => ({ asked, status })));
        };
        const row = page.getByRole('row').filter({
            has: page.getByRole('switch', { name: 'silent is enabled' }) });
        await row.getByRole('switch').click({ force: true });
        await askedFor([`POST ${servers}/${id}/toggle`, 200], [`GET ${servers}`, 200]);
        await row.getByText('Disabled').waitFor();
        await page.getByRole('button', { name: 'More for silent' }).click();
        await page.getByRole('menuitem', { name: 'Delete' }).click();
        await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
        await row.waitFor({ state: 'detached' });
        await askedFor([`DELETE ${servers}/${id}`, 200], [`GET ${servers}`, 200]);
        assert.deepEqual(visitor.complaints, []);
        await visitor.close();
    });
