// An MCP server whose calls can become tasks (2025-11-25). A task goes on when the tool `advance` is
// told its id here, so that tests say what happens when.

import { ask, notify, RpcError, serve } from './stdio_peer.mjs';

const relatedKey = 'io.modelcontextprotocol/related-task';
const text = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] });
const tasks = new Map();
const over = (status) => ['completed', 'failed', 'cancelled'].includes(status);

function describe({ taskId, status, ttl, createdAt }) {
    return { taskId, status, ttl, createdAt, lastUpdatedAt: createdAt, pollInterval: 100 };
}

function create({ ttl = 60000 }, progressToken) {
    const taskId = `task-${tasks.size + 1}`;
    let finish;
    const finished = new Promise((resolve) => { finish = resolve; });
    tasks.set(taskId, { taskId, status: 'working', ttl, createdAt: '2026-01-01T00:00:00Z',
        progressToken, finished, finish });
    return tasks.get(taskId);
}

function find({ taskId }) {
    const task = tasks.get(taskId);
    if (task === undefined) {
        throw new RpcError(-32602, `Failed to retrieve task: ${taskId}`);
    }
    return task;
}

async function settle(task, status) {
    task.status = status;
    await notify('notifications/tasks/status', describe(task));
    if (over(status)) {
        task.finish();
    }
}

const tools = {
    ids: () => text([...tasks.keys()]),
    work: () => text('done at once'),
    advance: async ({ taskId, status, question }) => {
        const task = find({ taskId });
        if (question !== undefined) {
            task.answer = await ask('elicitation/create', { message: question,
                requestedSchema: { type: 'object', properties: { name: { type: 'string' } } },
                _meta: { [relatedKey]: { taskId } } });
        }
        if (task.progressToken !== undefined) {
            await notify('notifications/progress', { progressToken: task.progressToken,
                progress: 1, _meta: { [relatedKey]: { taskId } } });
        }
        await settle(task, status);
        return text(task.answer ?? null);
    },
};

serve({
    requests: {
        initialize: (params) => ({
            protocolVersion: params.protocolVersion,
            capabilities: { tools: {}, tasks: { list: {}, cancel: {},
                requests: { tools: { call: {} } } } },
            serverInfo: { name: 'tasks', version: '1' },
        }),
        'tools/list': () => ({ tools: Object.keys(tools).map((name) => ({ name,
            inputSchema: { type: 'object' },
            ...(name === 'work' ? { execution: { taskSupport: 'optional' } } : {}) })) }),
        'tools/call': ({ name, arguments: given = {}, task, _meta = {} }) => (task === undefined
            ? tools[name](given) : { task: describe(create(task, _meta.progressToken)) }),
        'tasks/get': (params) => describe(find(params)),
        'tasks/cancel': async (params) => {
            const task = find(params);
            await settle(task, 'cancelled');
            return describe(task);
        },
        'tasks/result': async (params) => {
            const task = find(params);
            await task.finished;
            return { ...text({ of: task.taskId }),
                _meta: { [relatedKey]: { taskId: task.taskId } } };
        },
        // One on each page.
        'tasks/list': ({ cursor = '0' }) => {
            const all = [...tasks.values()];
            const place = Number(cursor);
            return { tasks: all.slice(place, place + 1).map(describe),
                ...(place + 1 < all.length ? { nextCursor: `${place + 1}` } : {}) };
        },
    },
});
