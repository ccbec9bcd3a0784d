// Calls that become tasks (2025-11-25): their ids are sealed, each belongs to who made it, and
// everything that servers and clients say of them reaches the other one.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { CallToolResultSchema, ElicitRequestSchema, ProgressNotificationSchema, ResultSchema,
    TaskStatusNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { connect, entryPaths, isUnified } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { everything, faulty, tasks } from './support/server_definitions.mjs';

const relatedKey = 'io.modelcontextprotocol/related-task';
const workspace = new Workspace();
let orchestrator;
let key;
let otherKey;

/** A client with what it was told of tasks. */
async function open(entryPath, { server = 'first', as = key, capabilities = {} } = {}) {
    const told = { statuses: [], progress: [], asked: [] };
    const session = await connect(orchestrator, entryPath, { server, key: as, capabilities,
        prepare: (client) => {
            client.setNotificationHandler(TaskStatusNotificationSchema,
                ({ params }) => { told.statuses.push(params); });
            client.setNotificationHandler(ProgressNotificationSchema,
                ({ params }) => { told.progress.push(params); });
            if (capabilities.elicitation !== undefined) {
                client.setRequestHandler(ElicitRequestSchema, ({ params }) => {
                    told.asked.push(params);
                    return { action: 'accept', content: { name: 'Ada' },
                        _meta: { [relatedKey]: params._meta[relatedKey] } };
                });
            }
        } });
    const request = (method, params) => session.client.request({ method, params }, ResultSchema);
    const make = async (meta) => (await request('tools/call', { name: session.toolName('work'),
        arguments: {}, task: { ttl: 30000 }, ...(meta && { _meta: meta }) })).task;
    return { session, told, request, make };
}

/** The id by which the server knows the newest task. */
const newest = async ({ session }) => (await session.json('ids')).at(-1);

async function listAll(client) {
    const all = [];
    let cursor;
    do {
        const page = await client.request('tasks/list', cursor === undefined ? {} : { cursor });
        all.push(...page.tasks);
        cursor = page.nextCursor;
    } while (cursor !== undefined);
    return all;
}

const unknown = { code: -32602, message: /Unknown task/ };

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { first: tasks(),
        second: tasks(), plain: faulty(), everything: everything() } });
    key = await orchestrator.createKey('tasks');
    otherKey = await orchestrator.createKey('other');
    // What a server offers is known once it was met.
    for (const server of ['first', 'second', 'plain', 'everything']) {
        await (await open('server_http', { server })).session.tools();
    }
});

after(() => orchestrator?.dispose());

for (const entryPath of entryPaths) {
    describe(entryPath, () => {
        test('C13: tasks are offered where a server has them', async () => {
            const { session } = await open(entryPath);
            assert.deepEqual(session.client.getServerCapabilities().tasks,
                { list: {}, cancel: {}, requests: { tools: { call: {} } } });
            const work = (await session.tools())
                .find(({ name }) => name === session.toolName('work'));
            assert.deepEqual(work.execution, { taskSupport: 'optional' });
            if (!isUnified(entryPath)) {
                const plain = await open(entryPath, { server: 'plain' });
                assert.equal(plain.session.client.getServerCapabilities().tasks, undefined);
                await assert.rejects(plain.request('tasks/list', {}), { code: -32601 });
            }
        });

        test('S4: a task is made, watched and fetched by a sealed id', async () => {
            const client = await open(entryPath);
            const task = await client.make({ progressToken: 'mine' });
            const own = await newest(client);
            assert.equal(task.status, 'working');
            assert.ok(!task.taskId.includes(own));
            assert.equal((await client.request('tasks/get', { taskId: task.taskId })).taskId,
                task.taskId);
            const result = client.request('tasks/result', { taskId: task.taskId });
            await client.session.call('advance', { taskId: own, status: 'completed' });
            const { content, _meta } = await result;
            assert.deepEqual(JSON.parse(content[0].text), { of: own });
            assert.deepEqual(_meta[relatedKey], { taskId: task.taskId });
            await eventually('status and progress', () => client.told.statuses.length > 0
                && client.told.progress.length > 0);
            assert.deepEqual(client.told.statuses.map(({ taskId, status }) => [taskId, status]),
                [[task.taskId, 'completed']]);
            assert.equal(client.told.progress[0].progressToken, 'mine');
            assert.deepEqual(client.told.progress[0]._meta[relatedKey], { taskId: task.taskId });
        });

        test('S4: the tasks of others are out of reach, and unheard of', async () => {
            const client = await open(entryPath);
            const other = await open(entryPath, { as: otherKey });
            const task = await client.make();
            const own = await newest(client);
            const { taskId } = task;
            for (const method of ['tasks/get', 'tasks/result', 'tasks/cancel']) {
                await assert.rejects(other.request(method, { taskId }), unknown);
                await assert.rejects(client.request(method, { taskId: own }), unknown);
                await assert.rejects(client.request(method, { taskId: `${taskId}A` }), unknown);
            }
            await assert.rejects(other.request('tools/call', { name: other.session.toolName('work'),
                arguments: {}, _meta: { [relatedKey]: { taskId } } }),
            { code: -32602, message: /Unknown related task/ });
            assert.deepEqual(await listAll(other), []);
            assert.equal((await client.request('tasks/cancel', { taskId })).status, 'cancelled');
            await eventually('the news', () => client.told.statuses.length > 0);
            // A call of its own shows that nothing was on the way to the other one.
            await other.session.call('ids');
            assert.deepEqual(other.told.statuses, []);
        });

        test('a key that comes back with another session has its tasks', async () => {
            const client = await open(entryPath);
            const { taskId } = await client.make();
            const own = await newest(client);
            await client.session.close();
            const later = await open(entryPath);
            await eventually('the end of the first session', async () => {
                await later.request('tasks/get', { taskId });
                await later.session.call('advance', { taskId: own, status: 'working' });
                return later.told.statuses.length > 0;
            });
            assert.equal(later.told.statuses[0].taskId, taskId);
        });
    });
}

test('C7: the tasks of all servers are listed together', async () => {
    const as = await orchestrator.createKey('lister');
    const wanted = [];
    for (const server of ['second', 'first']) {
        const client = await open('unified_http', { server, as });
        wanted.push((await client.make()).taskId, (await client.make()).taskId);
    }
    const all = await listAll(await open('unified_http', { as }));
    assert.deepEqual(all.map(({ taskId }) => taskId).sort(), wanted.sort());
    const own = await listAll(await open('server_sse', { server: 'first', as }));
    assert.deepEqual(own.map(({ taskId }) => taskId).sort(), wanted.slice().filter((id) =>
        own.some(({ taskId }) => taskId === id)).sort());
    assert.equal(own.length, 2);
    const client = await open('unified_http', { as });
    await assert.rejects(client.request('tasks/list', { cursor: 'MQ' }),
        { code: -32602, message: /Unknown cursor/ });
});

test('a question of a task names it by the id that the client knows', async () => {
    const { status, text } = await orchestrator.api('/api/projects/default/servers/second',
        { method: 'PUT', body: { process_policy: 'per-session' } });
    assert.equal(status, 200, text);
    const client = await open('server_http', { server: 'second',
        capabilities: { elicitation: {} } });
    const { taskId } = await client.make();
    const answer = await client.session.json('advance', { taskId: await newest(client),
        status: 'input_required', question: 'Who?' });
    assert.deepEqual(client.told.asked[0]._meta[relatedKey], { taskId });
    assert.deepEqual(answer.content, { name: 'Ada' });
    assert.deepEqual(answer._meta[relatedKey], { taskId: await newest(client) });
});

for (const entryPath of ['server_http', 'unified_sse']) {
    test(`the published server's task runs to its end over ${entryPath}`, async () => {
        const { session } = await open(entryPath, { server: 'everything' });
        const name = session.toolName('simulate-research-query');
        assert.ok((await session.tools()).some((tool) => tool.name === name));
        const stages = [];
        let result;
        for await (const message of session.client.experimental.tasks.callToolStream(
            { name, arguments: { topic: 'gateways' } }, CallToolResultSchema,
            { task: { ttl: 60000 } })) {
            stages.push(message.type);
            result = message.result ?? result;
        }
        assert.equal(stages[0], 'taskCreated');
        assert.equal(stages.at(-1), 'result');
        assert.match(result.content[0].text, /Research Report: gateways/);
    });
}
