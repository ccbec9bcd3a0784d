// The feed of what people changed: filters, pages, sums, and nothing invented.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const feed = '/api/projects/shop/activities';

let orchestrator;
const people = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of ['owner', 'helper', 'guest']) {
        people[name] = new Browser(orchestrator);
        const email = `${name}@example.org`;
        await people[name].post('/api/users/signup', { name, email, password });
        assert.equal((await people[name].logIn(email, password)).status, 200);
    }
    await people.owner.post('/api/projects', { name: 'shop' });
});

after(() => orchestrator?.dispose());

const actions = async (query = '') =>
    (await people.owner.get(feed + query)).json.activities.map(({ action }) => action);

/** Runs `change`; the one event that it wrote. */
const eventOf = async (change) => {
    const { json: { activities: [newest] } } = await people.owner.get(`${feed}?limit=1`);
    const answer = await change();
    assert.ok(answer.status < 300, answer.text);
    const { activities } = (await people.owner.get(feed)).json;
    assert.equal(activities.findIndex(({ id }) => id === newest.id), 1);
    return activities[0];
};

test('83-3: the feed of a fresh project holds its creation and nothing else', async () => {
    assert.deepEqual(await actions(), ['project_created']);
    const { json } = await people.owner.get(`${feed}/summary`);
    assert.equal(json.total_activities, 1);
    assert.equal(json.today_activities, 1);
    assert.deepEqual(json.action_breakdown, { project_created: 1 });
    assert.deepEqual(json.severity_breakdown, { success: 1 });
});

test('83-1: a change is in the feed and in no log of calls', async () => {
    const { json: { id } } = await people.owner.get('/api/projects/shop');
    const calls = await people.owner.get(`/api/tool-call-logs?project_id=${id}`);
    assert.equal(calls.json.total_count, 0);
});

test('83-2: each change of members, project and keys writes one event', async () => {
    const project = '/api/projects/shop';
    const began = Date.now() - 1000;
    let member;
    const told = [];
    for (const change of [
        () => people.owner.post(`${project}/members`, { email: 'helper@example.org' }),
        async () => {
            const { json } = await people.owner.get(`${project}/members`);
            member = `${project}/members/${json.find(({ user_name }) => user_name === 'helper').id}`;
            return people.owner.put(member, { role: 'owner' });
        },
        () => people.helper.put(project, { description: 'sells things' }),
        () => people.helper.post(`${project}/api-keys`, { name: 'k' }),
        () => people.owner.delete(member),
    ]) {
        const event = await eventOf(change);
        assert.ok(Date.parse(event.created_at) >= began);
        told.push([event.user_name, event.action, event.target_type, event.target_name].join(' '));
    }
    assert.deepEqual(told, [
        'owner member_invited member helper',
        'owner member_role_changed member helper',
        'helper project_updated project shop',
        'helper api_key_created api_key k',
        'owner member_removed member helper',
    ]);
    assert.doesNotMatch((await people.owner.get(feed)).text, /mch_[A-Za-z0-9_-]{8}/);
});

test('the feed is narrowed by action, severity, person, target, time and text', async () => {
    assert.deepEqual(await actions('?action_filter=member_removed,project_created'),
        ['member_removed', 'project_created']);
    assert.deepEqual(await actions('?action_filter=member_removed&action_filter=member_invited'),
        ['member_removed', 'member_invited']);
    assert.deepEqual(await actions('?severity_filter=warning'), ['member_removed']);
    assert.deepEqual(await actions('?severity_filter=error'), []);
    const { json: helper } = await people.helper.get('/api/profile');
    assert.deepEqual(await actions(`?user_id=${helper.id}`), ['api_key_created', 'project_updated']);
    assert.deepEqual(await actions('?target_type=project'), ['project_updated', 'project_created']);
    assert.deepEqual(await actions('?search=SHO&limit=1'), ['project_updated']);
    assert.deepEqual(await actions("?search=%27%3B%20DROP%20TABLE%20activities%3B--"), []);
    const { json: { activities } } = await people.owner.get(feed);
    const day = 86_400_000;
    const at = (shift) => new Date(Date.parse(activities[0].created_at) + shift).toISOString();
    assert.equal((await actions(`?start_time=${at(-day)}&end_time=${at(day)}`)).length, 6);
    assert.deepEqual(await actions(`?start_time=${at(day)}`), []);
    assert.deepEqual(await actions(`?end_time=${at(-day)}`), []);
});

test('a filter that means nothing is refused by name', async () => {
    const { status, json } = await people.owner.get(`${feed}?action_filter=danced`
        + '&severity_filter=loud&user_id=me&start_time=noon&limit=0&cursor=x');
    assert.equal(status, 400);
    assert.deepEqual(json.errors.map(({ field }) => field), ['action_filter', 'severity_filter',
        'start_time', 'user_id', 'limit', 'cursor']);
});

test('the summary adds up, and is for members', async () => {
    const { json } = await people.owner.get(`${feed}/summary`);
    const sum = (parts) => Object.values(parts).reduce((total, part) => total + part, 0);
    assert.equal(json.total_activities, 6);
    assert.equal(sum(json.action_breakdown), 6);
    assert.equal(sum(json.severity_breakdown), 6);
    assert.equal((await people.guest.get(`${feed}/summary`)).status, 404);
    assert.equal((await people.guest.get(feed)).status, 404);
});
