// A tool that is switched off is neither listed nor called, whichever way a client comes in.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect } from './support/client.mjs';
import { eventually, within } from './support/deadline.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const preferences = '/api/projects/default/tool-preferences';

let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { one: faulty([]), two: faulty([]) } });
    key = await orchestrator.createKey('switches');
    assert.equal((await orchestrator.api('/api/projects/default/servers/one/refresh-status',
        { method: 'POST' })).status, 200);
});

after(() => orchestrator?.dispose());

const turn = async (tool, is_enabled) => {
    const answer = await orchestrator.api(`${preferences}/one/${tool}`,
        { method: 'PUT', body: { is_enabled } });
    assert.equal(answer.status, 200, answer.text);
};

test('the list for people shows all tools with their switches and schemas', async () => {
    await turn('echo', false);
    const { json } = await orchestrator.api('/api/projects/default/servers/one/tools');
    const echo = json.find(({ name }) => name === 'echo');
    assert.equal(echo.is_enabled, false);
    assert.equal(echo.definition.name, 'echo');
    assert.ok(echo.definition.inputSchema);
    assert.ok(json.filter(({ is_enabled }) => is_enabled).length === json.length - 1);
    const stored = (await orchestrator.api(preferences)).json;
    assert.deepEqual(stored.map(({ server_name, tool_name, is_enabled }) =>
        [server_name, tool_name, is_enabled]), [['one', 'echo', false]]);
    await turn('echo', true);
});

test('the tools of all servers are one list, of which no server is asked', async () => {
    await turn('echo', false);
    const list = async () => (await orchestrator.api('/api/projects/default/tools')).json;
    const tools = await list();
    const { json: one } = await orchestrator.api('/api/projects/default/servers/one/tools');
    const said = one.map(({ name, is_enabled, definition }) =>
        [name, is_enabled, definition.description ?? '']);
    assert.deepEqual(tools.map(({ name, is_enabled, description }) =>
        [name, is_enabled, description]), said);
    assert.ok(said.some(([, , description]) => description !== ''));
    const server = await orchestrator.server('one');
    for (const tool of tools) {
        assert.deepEqual([tool.server_id, tool.server_name, tool.server_status,
            tool.server_is_enabled], [server.id, 'one', 'online', true]);
    }
    assert.ok(!tools.some(({ server_name }) => server_name === 'two'));
    assert.equal((await orchestrator.server('two')).last_checked, null);
    await turn('echo', true);
});

for (const entryPath of ['server_sse', 'unified_sse', 'server_http', 'unified_http']) {
    test(`off is off and on is on again: ${entryPath}`, async () => {
        const session = await connect(orchestrator, entryPath, { server: 'one', key });
        const name = entryPath.startsWith('unified') ? 'one__echo' : 'echo';
        const listed = async () =>
            (await session.client.listTools()).tools.some((tool) => tool.name === name);
        const call = () => session.client.callTool({ name, arguments: { entryPath } });
        assert.ok(await listed());
        await call();
        await turn('echo', false);
        assert.ok(!await listed());
        await assert.rejects(call(), /Unknown tool/);
        await turn('echo', true);
        assert.ok(await listed());
        await call();
        await session.close();
    });
}

test('the REST execution keeps to it too, and each refusal is one row', async () => {
    const direct = async () => (await rows(orchestrator))
        .filter(({ session_id }) => session_id === null);
    assert.deepEqual(await direct(), []);
    await turn('echo', false);
    const executed = await orchestrator.api('/api/projects/default/servers/one/tools/echo/execute',
        { method: 'POST', body: { arguments: {} } });
    assert.equal(executed.json.success, false);
    assert.match(executed.json.error, /Unknown tool/);
    await eventually('the refusal being stored', async () => (await direct()).length > 0);
    assert.deepEqual((await direct()).map(({ status, tool_name }) => [status, tool_name]),
        [['error', 'echo']]);
    await turn('echo', true);
});

test('several are switched at once, or none', async () => {
    const put = (list) => orchestrator.api(preferences, { method: 'PUT',
        body: { preferences: list } });
    const done = await put([{ server_id: 'one', tool_name: 'echo', is_enabled: false },
        { server_id: 'one', tool_name: 'fail', is_enabled: true }]);
    assert.deepEqual([done.json.updated_count, done.json.total_count], [1, 2]);
    const refused = await put([{ server_id: 'one', tool_name: 'echo', is_enabled: true },
        { server_id: 'none', tool_name: 'echo', is_enabled: true }]);
    assert.equal(refused.status, 400);
    assert.deepEqual(refused.json.errors.map(({ field }) => field), ['preferences[1].server_id']);
    assert.equal((await orchestrator.api(preferences)).json[0].is_enabled, false);
    assert.equal((await orchestrator.api(`${preferences}/one/echo`, { method: 'DELETE' })).status,
        200);
    assert.deepEqual((await orchestrator.api(preferences)).json, []);
});

test('clients hear that the tools are others, and a restart forgets no switch', async () => {
    const session = await connect(orchestrator, 'server_sse', { server: 'one', key });
    const { ToolListChangedNotificationSchema } =
        await import('@modelcontextprotocol/sdk/types.js');
    const heard = new Promise((resolve) => {
        session.client.setNotificationHandler(ToolListChangedNotificationSchema, resolve);
    });
    await turn('echo', false);
    await within('a list_changed', heard);
    await session.close();
    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace);
    assert.equal((await orchestrator.api(preferences)).json[0].is_enabled, false);
});
