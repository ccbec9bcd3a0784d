// Who may come in at the endpoints of a project, and how tools are named there.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect, urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RawHttpSession, callRequest, request } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const security = '/api/projects/default/security';

let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { one: faulty([]), two: faulty([]) } });
    key = await orchestrator.createKey('security');
});

after(() => orchestrator?.dispose());

const change = async (body, status = 200) => {
    const answer = await orchestrator.api(security, { method: 'PUT', body });
    assert.equal(answer.status, status, answer.text);
    return answer.json;
};
const initialize = (path, token) => fetch(new URL(path, orchestrator.url), {
    method: 'POST',
    headers: { 'content-type': 'application/json',
        accept: 'application/json, text/event-stream',
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) },
    body: request(0, 'initialize', { protocolVersion: '2025-06-18', capabilities: {},
        clientInfo: { name: 'probe', version: '1' } }) });

/** The tools called echo that somebody without a key finds at the unified endpoint. */
const openTools = async () => {
    const path = urlPath('unified_http', '');
    const opened = await initialize(path);
    const answer = await fetch(new URL(path, orchestrator.url), { method: 'POST',
        body: request(1, 'tools/list', {}), headers: { 'content-type': 'application/json',
            accept: 'application/json',
            'mcp-session-id': opened.headers.get('mcp-session-id') } });
    return (await answer.json()).result.tools.map(({ name }) => name)
        .filter((name) => name.endsWith('echo'));
};

test('what is not named stays, and the change is told with old and new', async () => {
    const before = (await orchestrator.api(security)).json;
    assert.deepEqual(before, { jwt_auth_required: true, allowed_ip_ranges: [],
        unified_mcp_enabled: true, naming_mode: 'always' });
    assert.deepEqual(await change({}), before);
    assert.deepEqual(await change({ unified_mcp_enabled: false }),
        { ...before, unified_mcp_enabled: false });
    assert.equal((await initialize('/projects/default/unified/mcp', key)).status, 404);
    await change({ unified_mcp_enabled: true });
    const { activities } = (await orchestrator.api(
        '/api/projects/default/activities?limit=1')).json;
    assert.equal(activities[0].action, 'project_security_updated');
    assert.deepEqual(activities[0].changes, { unified_mcp_enabled: { from: false, to: true } });
});

test('only addresses of the list come in, whatever they bring', async () => {
    await change({ allowed_ip_ranges: ['10.0.0.0/8', '2001:db8::/32'] });
    for (const path of [urlPath('server_http', 'one'), urlPath('unified_http', '')]) {
        assert.equal((await initialize(path, key)).status, 403);
    }
    assert.equal((await orchestrator.api('/api/projects/default/servers', { token: key })).status,
        403);
    await change({ allowed_ip_ranges: ['127.0.0.0/8'] });
    assert.equal((await initialize(urlPath('server_http', 'one'), key)).status, 200);
    await change({ allowed_ip_ranges: [] });
});

test('a stream from an address that is shut out ends', async () => {
    const response = await fetch(new URL(urlPath('server_sse', 'one'), orchestrator.url),
        { headers: { authorization: `Bearer ${key}` } });
    const reader = response.body.getReader();
    const ended = (async () => { while (!(await reader.read()).done); })();
    await change({ allowed_ip_ranges: ['10.0.0.0/8'] });
    await ended;
    await change({ allowed_ip_ranges: [] });
});

test('without a key nobody comes in, unless the project or the server asks for none', async () => {
    const one = urlPath('server_http', 'one');
    const statuses = async () => Promise.all(
        [one, urlPath('server_http', 'two'), urlPath('unified_http', '')].map(
            async (path) => (await initialize(path)).status));
    const override = (jwt_auth_required) => orchestrator.api('/api/projects/default/servers/one',
        { method: 'PUT', body: { jwt_auth_required } });
    assert.deepEqual(await statuses(), [401, 401, 401]);
    await override(false);
    assert.deepEqual(await statuses(), [200, 401, 401]);
    await change({ jwt_auth_required: false });
    await override(true);
    assert.deepEqual(await statuses(), [401, 200, 200]);
    assert.deepEqual(await openTools(), ['two__echo']);
    await override(null);
    assert.deepEqual(await statuses(), [200, 200, 200]);
    // A wrong key is wrong also where none is asked for, and REST asks as ever.
    assert.equal((await initialize(one, `${key}x`)).status, 401);
    assert.equal((await orchestrator.api('/api/projects/default/servers', { token: null })).status,
        401);
});

test('calls without a key are recorded as made by the public, whose sessions end with the right',
    async () => {
        const path = new URL(urlPath('server_http', 'one'), orchestrator.url);
        const opened = await initialize(path);
        const session = new RawHttpSession(path, undefined, opened.headers.get('mcp-session-id'));
        const post = () => fetch(path, { method: 'POST', body: callRequest(1, 'echo', { open: 1 }),
            headers: { 'content-type': 'application/json', accept: 'application/json',
                'mcp-session-id': session.sessionId } });
        assert.equal((await post()).status, 200);
        const { json: { id } } = await orchestrator.api('/api/projects/default');
        await eventually('the call being stored', async () =>
            (await rows(orchestrator)).some(({ principal }) => principal === `public:${id}`));
        await change({ jwt_auth_required: true });
        assert.equal((await post()).status, 401);
    });

for (const [mode, expected] of [['always', ['one__echo', 'two__echo']],
    ['on_collision', ['one__echo', 'two__echo']], ['never', ['echo']]]) {
    test(`tools of servers with the same tools, names ${mode}`, async () => {
        await change({ naming_mode: mode });
        const session = await connect(orchestrator, 'unified_http', { server: 'one', key });
        const listed = (await session.client.listTools()).tools.map(({ name }) => name)
            .filter((name) => name.endsWith('echo'));
        assert.deepEqual(listed.sort(), expected);
        for (const name of [...expected, 'one__echo', 'two.echo']) {
            await session.client.callTool({ name, arguments: {} });
        }
        await session.close();
    });
}

test('a tool that one server has goes by its bare name where names collide only', async () => {
    await change({ naming_mode: 'on_collision' });
    await orchestrator.api('/api/projects/default/servers/two/toggle', { method: 'POST' });
    const session = await connect(orchestrator, 'unified_http', { server: 'one', key });
    const listed = (await session.client.listTools()).tools.map(({ name }) => name);
    assert.ok(listed.includes('echo') && !listed.includes('one__echo'));
    await session.client.callTool({ name: 'echo', arguments: {} });
    await session.close();
    await change({ naming_mode: 'always' });
});

test('a renamed project is found by its old name, which nobody else may take', async () => {
    const rename = (name, path = 'default') => orchestrator.api(`/api/projects/${path}`,
        { method: 'PUT', body: { name } });
    assert.equal((await rename('house')).json.name, 'house');
    assert.equal((await orchestrator.api('/api/projects/default')).json.name, 'house');
    assert.equal((await initialize(urlPath('server_http', 'one'), key)).status, 200);
    await orchestrator.api('/api/projects', { method: 'POST', body: { name: 'shed' } });
    assert.equal((await rename('default', 'shed')).status, 409);
    assert.equal((await rename('Not A Slug', 'shed')).status, 400);
    assert.equal((await rename('default')).json.name, 'default');
});

test('what is wrong is told with its place', async () => {
    const { errors } = await change({ allowed_ip_ranges: ['10.0.0.0/8', 'nowhere'],
        naming_mode: 'sometimes' }, 400);
    assert.deepEqual(errors.map(({ field }) => field), ['allowed_ip_ranges[1]', 'naming_mode']);
    await change({ colour: 'red' }, 400);
});
