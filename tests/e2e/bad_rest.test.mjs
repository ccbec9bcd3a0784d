// Everything that /openapi.json says can be sent, sent wrongly: an answer that names the field,
// nothing stored, and a healthy server.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { badBodies, noBodies } from './support/bad_bodies.mjs';
import { Browser } from './support/browser.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();

let orchestrator;
let operations;
let places;
let ada;

/** Fields whose faults are not told, and why. */
const silent = new Map([
    ['POST /api/users/login', 'does not say what is wrong with a sign-in'],
    ['POST /api/setup', 'the first account exists already'],
    ['POST /api/users/signup', 'sign-up is switched off'],
]);

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { one: faulty([]) } });
    const post = async (path, body) => {
        const answer = await orchestrator.api(path, { method: 'POST', body });
        assert.equal(answer.status, 201, answer.text);
        return answer.json;
    };
    const user = await post('/api/users/admin',
        { name: 'ada', email: 'ada@example.org', password: 'a quiet harbour at dusk' });
    const member = await post('/api/projects/default/members', { email: 'ada@example.org' });
    const key = await post('/api/projects/default/api-keys', { name: 'kept' });
    await post('/api/teams', { name: 'tools' });
    await post('/api/teams/tools/members/invite', { email: 'ada@example.org' });
    places = { project: 'default', server: 'one', tool: 'echo', team: 'tools', user: user.id,
        member: member.id, key: key.id };
    ada = new Browser(orchestrator);
    assert.equal((await ada.logIn('ada@example.org', 'a quiet harbour at dusk')).status, 200);
    const { paths } = (await orchestrator.api('/openapi.json')).json;
    operations = Object.entries(paths).flatMap(([path, methods]) =>
        Object.entries(methods).map(([method, operation]) => ({ path,
            method: method.toUpperCase(), name: `${method.toUpperCase()} ${path}`,
            schema: operation.requestBody?.content['application/json'].schema })));
});

after(() => orchestrator?.dispose());

const target = (path, with_ = {}) => path.replace(/\{(\w+)\}/g, (_, part) =>
    with_[part] ?? places[part] ?? 'x');
/** What takes an account, and what takes the administrator token. */
const takesAccount = ({ path }) => path.startsWith('/api/profile') || path.endsWith('/favorites');
const send = (operation, body) => {
    const { path, method } = operation;
    return takesAccount(operation) ? ada.request(target(path), { method, body })
        : orchestrator.api(target(path), { method, body });
};

/** All that can be listed, without what changes by itself. */
const stored = async () => {
    const lists = {};
    for (const path of ['/api/admin/projects', '/api/admin/teams', '/api/admin/api-keys',
        '/api/users/admin?include_inactive=true', '/api/activities', '/api/projects/default',
        '/api/projects/default/servers', '/api/projects/default/security',
        '/api/projects/default/tool-preferences', '/api/teams/tools/members',
        '/api/projects/default/favorites']) {
        lists[path] = (await orchestrator.api(path)).json;
    }
    return JSON.stringify(lists);
};

const refused = (answer, what) => {
    assert.ok(answer.status >= 400 && answer.status < 500, `${what}: ${answer.status}`);
    assert.ok(answer.text.length < 20_000, `${what}: it echoes what was sent`);
    assert.ok(answer.json.detail, `${what}: ${answer.text}`);
};

test('whatever field is wrong, the answer names it and nothing is stored', async () => {
    const began = await stored();
    let cases = 0;
    const faults = [];
    for (const operation of operations.filter(({ schema }) => schema !== undefined)) {
        for (const [what, body, field] of badBodies(operation.schema)) {
            const answer = await send(operation, body);
            const where = `${operation.name} ${field}: ${what}`;
            ++cases;
            try {
                refused(answer, where);
                if (!silent.has(operation.name)) {
                    assert.ok(answer.json.errors?.some((each) => each.field === field),
                        `${where}: ${answer.text.slice(0, 300)}`);
                }
            } catch (fault) {
                faults.push(fault.message);
            }
        }
    }
    assert.deepEqual(faults, []);
    assert.ok(cases >= 800, `${cases} cases`);
    assert.equal(await stored(), began);
});

test('what is no body at all is refused everywhere', async () => {
    const began = await stored();
    const faults = [];
    for (const operation of operations.filter(({ schema }) => schema !== undefined)) {
        for (const [what, body] of noBodies) {
            if (what === 'nothing' && (operation.schema.required ?? []).length === 0) {
                continue;
            }
            try {
                refused(await send(operation, body), `${operation.name}: ${what}`);
            } catch (fault) {
                faults.push(fault.message);
            }
        }
    }
    assert.deepEqual(faults, []);
    assert.equal(await stored(), began);
});

test('names and ids in paths that are none are refused everywhere', async () => {
    const began = await stored();
    const faults = [];
    let cases = 0;
    const odd = ['00000000-0000-4000-8000-000000000000', 'x'.repeat(1_000), '%00', '..%2F..',
        'a%2Fb', '%FF', '%0d%0aX: y'];
    for (const operation of operations) {
        for (const [, part] of operation.path.matchAll(/\{(\w+)\}/g)) {
            if (part === 'tool' && operation.path.endsWith('/execute')) {
                continue; // Which tools there are, only the server knows: 200, success false.
            }
            for (const value of odd) {
                // Some are refused before they reach a route, which speaks no JSON.
                const { status } = await fetch(
                    new URL(target(operation.path, { [part]: value }), orchestrator.url), {
                        method: operation.method,
                        headers: { authorization: `Bearer ${orchestrator.adminToken}` } });
                ++cases;
                if (status < 400 || status >= 500) {
                    faults.push(`${operation.name} {${part}} = ${value.slice(0, 40)}: ${status}`);
                }
            }
        }
    }
    assert.deepEqual(faults, []);
    assert.ok(cases >= 300, `${cases} cases`);
    assert.equal(await stored(), began);
});

test('the comparison sees what is stored, each excuse is needed, and the server is well', async () => {
    const began = await stored();
    const made = await orchestrator.api('/api/teams', { method: 'POST', body: { name: 'more' } });
    assert.equal(made.status, 201);
    assert.notEqual(await stored(), began);
    for (const name of silent.keys()) {
        assert.ok(operations.some((operation) => operation.name === name), name);
    }
    const health = await orchestrator.api('/health');
    assert.equal(health.status, 200);
    assert.ok(orchestrator.running);
    assert.ok(!orchestrator.events.some(({ level }) => level === 'error'),
        orchestrator.transcript());
});
