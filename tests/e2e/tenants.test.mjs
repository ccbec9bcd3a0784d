// Two projects whose servers and tools have the same names: nobody ever meets the other.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { urlPath } from './support/client.mjs';
import { eventually, guardMs } from './support/deadline.mjs';
import { Orchestrator, Workspace, ioThreads } from './support/orchestrator.mjs';
import { RawHttpSession, callRequest, initializeParams, request }
    from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const tenants = ['north', 'south'];
const sessionsEach = 32;
// 100,000 calls in all where sessions and servers live on several threads.
const callsEach = ioThreads === '1' ? 100 : 1_563;

let orchestrator;
const keys = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    for (const name of tenants) {
        const made = async (path, body) => {
            const answer = await orchestrator.api(path, { method: 'POST', body });
            assert.ok(answer.status < 300, answer.text);
            return answer.json;
        };
        await made('/api/projects', { name });
        await made(`/api/projects/${name}/servers/import`, { config: { mcpServers: {
            tool: faulty([], { env: { TENANT: name, E2E_MARK: workspace.mark } }) } } });
        keys[name] = (await made(`/api/projects/${name}/api-keys`, { name: 'k' })).api_key;
    }
});

after(() => orchestrator?.dispose());

const tenantOf = ({ messages }) =>
    JSON.parse(messages.find((message) => message.id !== undefined).result.content[0].text).TENANT;

test('V-09: 64 sessions at once reach their own project each time', async () => {
    const seen = { north: { north: 0, south: 0 }, south: { north: 0, south: 0 } };
    await Promise.all(Array.from({ length: 2 * sessionsEach }, async (_, index) => {
        const name = tenants[index % 2];
        const session = await RawHttpSession.open(orchestrator, 'tool', keys[name], name);
        for (let call = 0; call < callsEach; ++call) {
            // The same ids in all of them.
            const answer = await session.post(callRequest(call, 'environment', {}));
            seen[name][tenantOf(answer)] += 1;
        }
    }));
    const all = sessionsEach * callsEach;
    assert.deepEqual(seen, { north: { north: all, south: 0 }, south: { north: 0, south: all } });
});

test('every call is in the log of its own project', async () => {
    for (const name of tenants) {
        const metrics = `/api/tool-call-logs/metrics?project_id=${name}&time_range=1h`;
        const count = async (token) => (await orchestrator.api(metrics, { token })).json.total_calls;
        await eventually('all calls being stored',
            async () => await count(keys[name]) >= sessionsEach * callsEach, 4 * guardMs);
        assert.equal(await count(keys[name]), sessionsEach * callsEach);
        const [other] = tenants.filter((tenant) => tenant !== name);
        assert.equal((await orchestrator.api(metrics, { token: keys[other] })).status, 404);
    }
});

test('S1, S3: the key of one opens nothing of the other, its sessions neither', async () => {
    const north = await RawHttpSession.open(orchestrator, 'tool', keys.north, 'north');
    const stranger = new RawHttpSession(north.url, keys.south);
    assert.equal((await stranger.post(request(0, 'initialize', initializeParams()))).status, 404);
    for (const [key, project] of [[keys.south, 'north'], [keys.south, 'south'],
        [keys.north, 'south']]) {
        const thief = new RawHttpSession(new URL(urlPath('server_http', 'tool', project),
            orchestrator.url), key, north.sessionId);
        for (const [method, body] of [['POST', callRequest(1, 'environment', {})],
            ['GET', undefined], ['DELETE', undefined]]) {
            assert.equal((await thief.send(method, body)).status, 404, `${method} ${project}`);
        }
    }
    assert.equal(tenantOf(await north.post(callRequest(2, 'environment', {}))), 'north');
});

test('V-10: what is listed is what can be called, and nothing else', async () => {
    const unified = new URL(urlPath('unified_http', '', 'north'), orchestrator.url);
    const probe = new RawHttpSession(unified, keys.north);
    const opened = await probe.post(request(0, 'initialize', { protocolVersion: '2025-06-18',
        capabilities: {}, clientInfo: { name: 'probe', version: '1' } }));
    probe.sessionId = opened.headers.get('mcp-session-id');
    await probe.post('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    const listed = (await probe.post(request(1, 'tools/list', {}))).messages[0].result.tools
        .map(({ name }) => name);
    assert.ok(listed.includes('tool__environment'));
    assert.equal(tenantOf(await probe.post(callRequest(2, 'tool__environment', {}))), 'north');
    for (const name of ['south__environment', 'tool__nothing', 'environment', '../south/tool',
        'tool__environment ', 'TOOL__environment', '']) {
        assert.ok(!listed.includes(name));
        const [answer] = (await probe.post(callRequest(3, name, {}))).messages;
        assert.equal(answer.error?.code, -32602, `${name}: ${JSON.stringify(answer)}`);
    }
});
