// Bad input to every REST address that /openapi.json describes: refused with the field that is
// wrong, and nothing of it is kept.

import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { badParameters, badPaths } from './support/bad_addresses.mjs';
import { faultyBodies, goodBody, huge } from './support/bad_bodies.mjs';
import { Workspace } from './support/orchestrator.mjs';
import { RestWorld } from './support/rest_world.mjs';

const answerLimitMs = 5_000;
/** The faults of a body are listed up to a bound, each cut short. */
const answerBytesMax = 64 * 1024;
/** Said before there is a route to ask, to escapes that no address has. */
const targetRefusal = 'the request target is not valid\n';
const escaped = /%(00|2$|2[^0-9a-f])/;
const caseFloor = 2_500;

const servers = '/api/projects/{project}/servers';
const switches = '/api/projects/{project}/tool-preferences';

/** Faults that are none where they are. `sent` ones must be refused still, without a field. */
const anyText = ['1 MB', 'NUL', 'line break', 'text direction override'];
const excuses = [
    ...['POST /api/projects', 'PUT /api/projects/{project}', 'POST /api/teams',
        'PUT /api/teams/{team}', `POST ${servers}`, `PUT ${servers}/{server}`,
        'POST /api/projects/{project}/api-keys', 'PUT /api/projects/{project}/api-keys/{key}',
        'PUT /api/admin/api-keys/{key}'].map((route) => ({ route, at: 'description',
        faults: ['line break'], why: 'descriptions have lines' })),
    ...[`POST ${servers}`, `PUT ${servers}/{server}`, `POST ${servers}/test-connection`].flatMap(
        (route) => ['args[0]', 'env.SAMPLE'].map((at) => ({ route, at,
            faults: ['line break', 'text direction override'],
            why: 'goes to a program as it is' }))),
    ...['token', 'name', 'email', 'password'].map((at) => ({ route: 'POST /api/setup', at,
        faults: anyText, sent: true, why: 'a used link is refused before all else' })),
    ...['email', 'password'].map((at) => ({ route: 'POST /api/users/login', at, faults: anyText,
        sent: true, why: 'the answer does not tell what is wrong with a login' })),
    { route: 'PUT /api/profile/password', at: 'current_password', faults: anyText, sent: true,
        why: 'is compared and not stored' },
    { route: `POST ${servers}/{server}/tools/{tool}/execute`, at: undefined, faults: ['empty'],
        why: 'a call without arguments has no body' },
    { route: 'POST /api/projects/{project}/api-keys/{key}/rotate', at: undefined,
        faults: ['empty'], why: 'the overlap has a default' },
];
const needed = new Set();
const excuseFor = (route, at, what) => {
    const found = excuses.find((one) => one.route === route && one.at === at
        && one.faults.includes(what));
    needed.add(`${excuses.indexOf(found)} ${what}`);
    return found;
};

/** What a good body of a route holds beyond what is required. */
const more = {
    [`POST ${servers}`]: { command: '/bin/false', is_enabled: false },
    [`POST ${servers}/test-connection`]: { command: '/bin/false' },
    'POST /api/users/admin': { email: 'mia@example.org' },
    'POST /api/users/signup': { email: 'mia@example.org' },
};
/** Where the server that addresses name otherwise, which is off, would hide the fault. */
const places = { [`POST ${servers}/{server}/tools/{tool}/execute`]:
    { project: 'default', server: 'faulty' } };

const workspace = new Workspace();
const world = await RestWorld.start(workspace);
const { orchestrator } = world;
const { paths } = await (await fetch(new URL('/openapi.json', orchestrator.url))).json();
const contract = await orchestrator.contract();
const operations = Object.entries(paths).flatMap(([pattern, methods]) =>
    Object.entries(methods).map(([method, { parameters, requestBody, 'x-permission': needs }]) => ({
        pattern, method: method.toUpperCase(), name: `${method.toUpperCase()} ${pattern}`, needs,
        parameters, schema: requestBody?.content['application/json'].schema })));
const named = (name) => operations.find((one) => one.name === name);
let cases = 0;
/** What was left out as good: {operation, path, body}. */
const excused = [];

after(() => world.dispose());

/** Sends one bad request and gives what is wrong with the answer, nothing when it is right. */
async function fault(operation, path, { what, field, body, type, mild = false }) {
    ++cases;
    const start = performance.now();
    const answer = await world.ask(operation.method, path, { body, type });
    const took = performance.now() - start;
    const says = (complaint) => `${operation.name}: ${field ?? ''} ${what}: ${complaint}: `
        + `${answer.status} ${answer.text.slice(0, 300)}`;
    if (took > answerLimitMs || answer.text.length > answerBytesMax
        || answer.text.includes(huge.slice(0, 1000))) {
        return says(`${took} ms, ${answer.text.length} bytes`);
    }
    if (answer.status >= 500 || (answer.status < 400 && !mild)) {
        return says('not refused');
    }
    if (answer.status < 400) {
        return undefined;
    }
    if (answer.text === targetRefusal) {
        return answer.status === 400 && escaped.test(path) ? undefined : says('not of the API');
    }
    if (answer.type !== 'application/problem+json') {
        return says(answer.type);
    }
    const json = JSON.parse(answer.text);
    contract.check(operation.method, operation.pattern, { ...answer, json });
    const fields = (json.errors ?? []).map((error) => error.field);
    const names = (one) => one === field || one.startsWith(`${field}.`)
        || one.startsWith(`${field}[`);
    return field === undefined || fields.some(names) ? undefined : says('the field is not named');
}

/** Sends all of `bad` and holds the answers, and what is stored, against the rules. */
async function refuseAll(operation, bad) {
    const before = await world.census();
    const faults = [];
    for (const { path, ...one } of bad) {
        faults.push(await fault(operation, path, one));
    }
    assert.deepEqual(faults.filter((one) => one !== undefined), []);
    assert.deepEqual(await world.census(), before);
    assert.ok(orchestrator.running);
}

function bodiesFor(operation) {
    const path = world.address(operation.pattern, places[operation.name]);
    const bad = [];
    for (const one of faultyBodies(operation.schema, world.sample, more[operation.name])) {
        const excuse = excuseFor(operation.name, one.at, one.what);
        if (excuse === undefined) {
            bad.push({ path, ...one });
        } else if (excuse.sent) {
            bad.push({ path, ...one, field: undefined });
        } else {
            excused.push({ operation, path, ...one });
        }
    }
    return bad;
}

function pathsFor(operation) {
    const { name, schema } = operation;
    const body = schema && JSON.stringify(goodBody(schema, world.sample, more[name]));
    const all = [...badPaths(world, operation, body, places[name])];
    excused.push(...all.filter(({ legal }) => legal).map((one) => ({ operation, ...one })));
    return all.filter(({ legal }) => !legal);
}

describe('a bad body is refused with the field, and nothing is stored', () => {
    for (const operation of operations.filter(({ schema }) => schema !== undefined)) {
        test(operation.name, () => refuseAll(operation, bodiesFor(operation)));
    }
});

describe('a bad address leads nowhere', () => {
    for (const operation of operations.filter(({ pattern }) => pattern.includes('{'))) {
        test(operation.name, () => refuseAll(operation, pathsFor(operation)));
    }
});

describe('a bad parameter is refused, and a text that finds nothing harms nothing', () => {
    for (const operation of operations.filter(({ method, needs }) =>
        method === 'GET' && needs !== 'open')) {
        test(operation.name, () => refuseAll(operation, badParameters(world, operation)));
    }
});

test('what is excused is there, and needs its excuse', async () => {
    const idle = excuses.flatMap(({ route, at, faults }, index) =>
        faults.filter((what) => !needed.has(`${index} ${what}`))
            .map((what) => `${route} ${at}: ${what}`));
    assert.deepEqual(idle, []);
    for (const route of [...Object.keys(more), ...Object.keys(places)]) {
        assert.ok(named(route), route);
    }
    for (const { operation, path, what, body } of excused) {
        const { status, text } = await world.ask(operation.method, path, { body });
        // Two excuses of one route share a name; the second is beyond the check of its text.
        assert.ok(status < 300 || status === 409, `${operation.name}: ${what}: ${text}`);
    }
});

test('good requests are stored, and the census tells', async () => {
    const lists = { 'POST /api/projects': 'projects', [`POST ${servers}`]: 'servers',
        'POST /api/projects/{project}/api-keys': 'keys', 'POST /api/teams': 'teams',
        'POST /api/users/admin': 'users', 'POST /api/projects/{project}/members': 'members',
        'POST /api/teams/{team}/members/invite': 'crew', [`PUT ${switches}`]: 'preferences',
        'POST /api/projects/{project}/favorites': 'favourites',
        'POST /api/projects/{project}/log-views': 'views', 'PUT /api/profile': 'profile' };
    for (const [name, list] of Object.entries(lists)) {
        const { method, pattern, schema } = named(name);
        const before = await world.census();
        const { status, text } = await world.ask(method, world.address(pattern),
            { body: JSON.stringify(goodBody(schema, world.sample, more[name])) });
        assert.ok(status < 300, `${name}: ${status}: ${text}`);
        const now = await world.census();
        assert.notEqual(now[list], before[list], list);
        assert.ok(['favourites', 'views'].includes(list) || now.activities !== before.activities, name);
    }
});

test('there were many cases, and one process took them all', async () => {
    assert.ok(cases >= caseFloor, `${cases} cases`);
    const { json } = await orchestrator.api('/health');
    assert.equal(json.status, 'healthy', JSON.stringify(json));
    process.kill(orchestrator.pid, 0);
    console.log(`${cases} bad requests`);
});
