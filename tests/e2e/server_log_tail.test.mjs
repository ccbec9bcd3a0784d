// The live tail of what servers say: lines come as they are stored, each once, to those who may
// see them.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { eventually } from './support/deadline.mjs';
import { Events } from './support/events.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const project = '/api/projects/default';
const opened = [];
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {
        good: faulty(), noisy: faulty(['--mutter', '120']), ending: faulty(['--exit', '7']),
    } });
    key = await orchestrator.createKey('lines');
});

after(async () => {
    opened.forEach((events) => events.close());
    await orchestrator?.dispose();
});

async function watch(path, filter = {}, headers = { authorization: `Bearer ${key}` }) {
    const events = await Events.open(orchestrator, `${path}?${new URLSearchParams(filter)}`,
        headers);
    opened.push(events);
    return events;
}

const refresh = (name) =>
    orchestrator.api(`${project}/servers/${name}/refresh-status`, { method: 'POST' });

/** All lines of a list, oldest first. */
async function listed(path, filter = {}) {
    const { json, text } = await orchestrator.api(
        `${path}?${new URLSearchParams({ limit: 500, ...filter })}`);
    assert.ok(json?.logs, text);
    return json.logs.reverse();
}

test('what a tail shows is what the list with the same filter holds, each line once', async () => {
    const admin = { authorization: `Bearer ${orchestrator.adminToken}` };
    const tails = [
        [`${project}/server-logs`, {}], [`${project}/servers/good/logs`, {}],
        [`${project}/server-logs`, { server_id: 'noisy' }],
        [`${project}/server-logs`, { level: 'error' }],
        [`${project}/server-logs`, { category: 'startup' }],
        [`${project}/server-logs`, { search_text: 'TOOLS listed' }],
        ['/api/admin/server-logs', {}],
    ];
    const watched = [];
    for (const [path, filter] of tails) {
        watched.push({ path, filter, events: await watch(`${path}/stream`, filter, admin) });
    }
    await Promise.all(['good', 'noisy', 'ending'].map(refresh));
    await Promise.all(['good', 'noisy', 'ending'].map(refresh));
    await eventually('the last lines', async () => {
        const before = await listed(tails[0][0]);
        const refreshes = before.filter(({ message }) => message.startsWith('tools listed'));
        return refreshes.length >= 4 && watched[0].events.of('log').length === before.length;
    });
    for (const { path, filter, events } of watched) {
        const lines = await listed(path, filter);
        await events.first('log', lines.length);
        assert.deepEqual(events.of('log'), lines, `${path} ${JSON.stringify(filter)}`);
        assert.ok(lines.length > 0, `${path} ${JSON.stringify(filter)}`);
        events.close();
    }
});

test('who comes back goes on behind the last line', async () => {
    const all = await listed(`${project}/server-logs`);
    const from = all[Math.floor(all.length / 2)].id;
    const events = await watch(`${project}/server-logs/stream`, {},
        { authorization: `Bearer ${key}`, 'last-event-id': from });
    await refresh('good');
    await eventually('a new line', () => events.of('log').length
        > all.filter(({ id }) => id > from).length);
    const shown = events.of('log');
    const lines = await listed(`${project}/server-logs`);
    assert.deepEqual(shown, lines.filter(({ id }) => id > from).slice(0, shown.length));
    events.close();
});

test('only those who may see a project may watch it, as long as they may', async () => {
    const password = 'a quiet harbour at dusk';
    for (const name of ['ada', 'bob']) {
        await orchestrator.api('/api/users/admin',
            { method: 'POST', body: { name, email: `${name}@example.org`, password } });
    }
    const [ada, bob] = [new Browser(orchestrator), new Browser(orchestrator)];
    await ada.logIn('ada@example.org', password);
    await bob.logIn('bob@example.org', password);
    await ada.post('/api/projects', { name: 'shop' });
    for (const path of ['/api/projects/shop/server-logs/stream', `${project}/server-logs/stream`,
        `${project}/servers/good/logs/stream`]) {
        assert.equal((await bob.get(path)).status, 404, path);
    }
    assert.equal((await bob.get('/api/admin/server-logs/stream')).status, 403);
    const member = (await ada.post('/api/projects/shop/members',
        { email: 'bob@example.org' })).json;
    const foreign = await watch('/api/projects/shop/server-logs/stream', {},
        { cookie: bob.cookie, 'sec-fetch-site': 'same-origin' });
    const mine = await watch(`${project}/server-logs/stream`);
    await refresh('good');
    await mine.first('log', 1);
    assert.deepEqual(foreign.of('log'), []);
    await ada.delete(`/api/projects/shop/members/${member.id}`);
    await foreign.ended();
    assert.equal(mine.errors, undefined);
    [foreign, mine].forEach((events) => events.close());
});

test('bad parameters of a tail name themselves', async () => {
    for (const [name, value] of [['since', 'x'], ['level', 'loud'], ['category', 'odd'],
        ['server_id', 'nobody'], ['search_text', 'x'.repeat(5_000)]]) {
        const { status, json } = await orchestrator.api(
            `${project}/server-logs/stream?${name}=${value}`);
        assert.equal(status, 400, name);
        assert.equal(json.errors[0].field, name);
    }
});
