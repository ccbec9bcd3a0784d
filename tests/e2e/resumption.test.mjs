// A broken connection costs a Streamable HTTP client nothing that it was told meanwhile.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { connect, urlPath } from './support/client.mjs';
import { CutProxy } from './support/cut_proxy.mjs';
import { eventually, within } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RawHttpSession, request } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const newest = '2025-11-25';
const older = ['2025-03-26', '2025-06-18'];

const workspace = new Workspace();
let orchestrator;
let key;
/** A session of somebody else, to let calls answer. */
let helper;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() }, env: {
        // So that a request that waits gets its stream in no time.
        MCP_ORCH_SESSIONS_STREAM_AFTER: '1ms',
        MCP_ORCH_HTTP_KEEP_ALIVE_INTERVAL: '100ms',
        MCP_ORCH_SESSIONS_STREAM_RETRY: '50ms',
        MCP_ORCH_SESSIONS_REPLAY_EVENTS_MAX: '8',
    } });
    key = await orchestrator.createKey('resumption');
    helper = await RawHttpSession.open(orchestrator, 'faulty', key);
});

after(() => orchestrator?.dispose());

const open = (version) =>
    RawHttpSession.open(orchestrator, 'faulty', key, undefined, { version });

const call = (id, tool, args, progressToken) => request(id, 'tools/call',
    { name: tool, arguments: args, ...(progressToken ? { _meta: { progressToken } } : {}) });

const release = (nonce) => eventually('the held call', async () => {
    const { messages } = await helper.post(call(randomUUID(), 'release', { nonce }));
    return JSON.parse(messages[0].result.content[0].text).released;
});

const isAnswer = (id) => (message) => message.id === id;
const nonceOf = (answer) => JSON.parse(answer.result.content[0].text).nonce;
const isPriming = ({ id, data }) => id !== undefined && data === '';

describe('clients of 2025-11-25', () => {
    test('F12: a request that waits is answered by a stream that begins with an id and a pause',
        async () => {
            const session = await open(newest);
            const nonce = randomUUID();
            const stream = await session.stream(call(1, 'hold', { nonce }));
            assert.equal(stream.headers.get('content-type'), 'text/event-stream');
            const first = await stream.next('the first event', () => true);
            assert.ok(first.id.length > 0);
            assert.equal(first.retry, '50');
            assert.equal(first.data, '');
            await release(nonce);
            const answer = await stream.next('the answer', ({ event }) => event === 'message');
            assert.notEqual(answer.id, first.id);
            assert.equal(nonceOf(JSON.parse(answer.data)), nonce);
            assert.equal(await stream.ended, 'finished');
        });

    test('F12: a fast answer stays plain JSON', async () => {
        const session = await open(newest);
        const { headers, messages } = await session.post(request(1, 'ping'));
        assert.equal(headers.get('content-type'), 'application/json');
        assert.deepEqual(messages[0].result, {});
    });

    test('F12: a client that takes JSON alone gets no stream', async () => {
        const session = await open(newest);
        const nonce = randomUUID();
        const [answer] = await Promise.all([
            session.post(call(1, 'hold', { nonce }, 'p'), { accept: 'application/json' }),
            release(nonce)]);
        assert.equal(answer.headers.get('content-type'), 'application/json');
        assert.equal(nonceOf(answer.messages[0]), nonce);
    });

    test('F15: a call whose connection breaks runs on, and its answer is there to be taken up',
        async () => {
            const session = await open(newest);
            const nonce = randomUUID();
            const broken = await session.stream(call(1, 'hold', { nonce }));
            const { id } = await broken.next('the id', isPriming);
            broken.cut();
            await broken.ended;
            await release(nonce);
            // The answer comes while nobody listens.
            await eventually('the row', async () =>
                (await log.rowsByNonce(orchestrator, { tool_name: 'hold' })).get(nonce));
            const back = await session.listen(id);
            assert.equal(back.status, 200);
            assert.equal(nonceOf(await back.message('the answer', isAnswer(1))), nonce);
            assert.equal(await back.ended, 'finished');
            const rows = (await log.rowsByNonce(orchestrator, { tool_name: 'hold' })).get(nonce);
            assert.deepEqual(rows.map(({ status }) => status), ['success']);
        });

    test('F12: progress and answer come once each, over however many connections', async () => {
        const session = await open(newest);
        const nonce = randomUUID();
        const first = await session.stream(call(1, 'hold', { nonce }, 'mine'));
        await first.message('progress', ({ params }) => params?.progress === 1);
        const last = first.lastId;
        const second = await session.listen(last);
        assert.equal(await first.ended, 'finished', 'the old connection lost the stream');
        second.cut();
        await second.ended;
        const third = await session.listen(second.lastId ?? last);
        await release(nonce);
        assert.equal(nonceOf(await third.message('the answer', isAnswer(1))), nonce);
        assert.equal(await third.ended, 'finished');
        const all = [first, second, third].flatMap(({ messages }) => messages);
        assert.deepEqual(all.map(({ params, id }) => params?.progress ?? id), [1, 2, 1]);
        assert.deepEqual([...new Set(all.slice(0, 2).map(({ params }) => params.progressToken))],
            ['mine']);
    });

    test('F12: only events of the same stream are replayed', async () => {
        const session = await open(newest);
        const nonces = [randomUUID(), randomUUID()];
        const streams = await Promise.all(nonces.map((nonce, index) =>
            session.stream(call(index, 'hold', { nonce }, `token-${index}`))));
        const ids = await Promise.all(streams.map((stream) => stream.next('the id', isPriming)));
        await Promise.all(streams.map((stream) => stream.message('progress',
            ({ params }) => params?.progress === 1)));
        streams.forEach((stream) => stream.cut());
        await Promise.all(streams.map(({ ended }) => ended));
        await Promise.all(nonces.map(release));
        for (const index of [1, 0]) {
            const back = await session.listen(ids[index].id);
            assert.equal(await back.ended, 'finished');
            assert.deepEqual(back.messages.map(({ params, id }) => params?.progressToken ?? id),
                [`token-${index}`, `token-${index}`, index]);
        }
    });

    test('F12: all ids of a session differ', async () => {
        const session = await open(newest);
        const listener = await session.listen();
        const streams = await Promise.all([1, 2, 3].map(async (id) => {
            const nonce = randomUUID();
            const stream = await session.stream(call(id, 'hold', { nonce }, id));
            await release(nonce);
            await stream.ended;
            return stream;
        }));
        await listener.next('the first event', isPriming);
        const ids = [listener, ...streams].flatMap(({ events }) => events)
            .filter(({ id }) => id !== undefined).map(({ id }) => id);
        assert.ok(ids.length > 3 * 3);
        assert.equal(new Set(ids).size, ids.length);
    });

    test('F12: an id of nobody, of another session or too old is 400, one with nothing left 204',
        async () => {
            const session = await open(newest);
            const other = await open(newest);
            const nonce = randomUUID();
            const stream = await session.stream(call(1, 'hold', { nonce }));
            const { id } = await stream.next('the id', isPriming);
            for (const [asker, last] of [[other, id], [session, 'x'], [session, `${id}9`],
                [session, id.replace(/^./, (c) => (c === 'f' ? '0' : 'f'))]]) {
                const refused = await asker.listen(last);
                assert.equal(refused.status, 400, last);
                assert.match(refused.text, /-32600.*Last-Event-ID/);
            }
            await release(nonce);
            await stream.ended;
            assert.equal((await session.listen(stream.lastId)).status, 204);
        });

    test('F12: nobody else gets at the events of a session', async () => {
        const session = await open(newest);
        const nonce = randomUUID();
        const stream = await session.stream(call(1, 'hold', { nonce }));
        const { id } = await stream.next('the id', isPriming);
        const stranger = new RawHttpSession(session.url, await orchestrator.createKey('stranger'),
            session.sessionId);
        assert.equal((await stranger.listen(id)).status, 404);
        stream.cut();
        await release(nonce);
    });

    test('F12: of more than is kept the latest comes, and what was dropped does not', async () => {
        const session = await open(newest);
        const first = await session.stream(call(1, 'hold', { nonce: 'dropped' }, 'p'));
        const { id } = await first.next('the id', isPriming);
        await first.message('progress', ({ params }) => params?.progress === 1);
        first.cut();
        // Eight events of others push the progress out.
        for (let i = 0; i < 4; ++i) {
            const nonce = randomUUID();
            const pushing = await session.stream(call(10 + i, 'hold', { nonce }, 'q'));
            await release(nonce);
            await pushing.ended;
        }
        const back = await session.listen(id);
        await release('dropped');
        await back.ended;
        assert.deepEqual(back.messages.map(({ params, id: its }) => params?.progress ?? its),
            [2, 1]);
    });

    test('C5: a cancelled call has no answer to come back for', async () => {
        const session = await open(newest);
        const stream = await session.stream(call(1, 'hang', { nonce: randomUUID() }));
        const { id } = await stream.next('the id', isPriming);
        await session.post(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled',
            params: { requestId: 1 } }));
        assert.equal(await stream.ended, 'finished');
        assert.equal((await session.listen(id)).status, 204);
    });

    test('F8: a session that was deleted ends its streams and replays nothing', async () => {
        const session = await open(newest);
        const listener = await session.listen();
        const stream = await session.stream(call(1, 'hang', { nonce: randomUUID() }));
        const { id } = await stream.next('the id', isPriming);
        assert.equal((await session.send('DELETE')).status, 200);
        assert.equal(await listener.ended, 'finished');
        assert.equal(await stream.ended, 'finished');
        assert.match(stream.messages[0].error.message, /session ended/);
        assert.equal((await session.listen(id)).status, 404);
    });
});

describe('clients of older revisions', () => {
    for (const version of older) {
        test(`F12: no event without data, but ids, and resumption: ${version}`, async () => {
            const session = await open(version);
            const nonce = randomUUID();
            const stream = await session.stream(call(1, 'hold', { nonce }, 'p'));
            const first = await stream.next('progress', () => true);
            assert.equal(JSON.parse(first.data).params.progress, 1);
            assert.equal(first.retry, undefined);
            stream.cut();
            await release(nonce);
            const back = await session.listen(first.id);
            assert.equal(await back.ended, 'finished');
            assert.deepEqual(back.messages.map(({ params, id }) => params?.progress ?? id), [2, 1]);
            const listener = await session.listen();
            await listener.next('a keep-alive', ({ comment }) => comment === 'keepalive');
            assert.deepEqual(listener.events.filter(({ data }) => data === ''), []);
        });

        test(`F12: a request that waits is answered by JSON: ${version}`, async () => {
            const session = await open(version);
            const nonce = randomUUID();
            const [answer] = await Promise.all([session.post(call(1, 'hold', { nonce })),
                release(nonce)]);
            assert.equal(answer.headers.get('content-type'), 'application/json');
            assert.equal(nonceOf(answer.messages[0]), nonce);
        });
    }

    test('F15: a call whose connection breaks before a stream began runs on all the same',
        async () => {
            const session = await open('2025-06-18');
            const nonce = randomUUID();
            const abort = new AbortController();
            const gone = assert.rejects(fetch(session.url, { method: 'POST', signal: abort.signal,
                body: call(1, 'hold', { nonce }), headers: { authorization: `Bearer ${key}`,
                    accept: 'application/json, text/event-stream',
                    'content-type': 'application/json', 'mcp-session-id': session.sessionId } }));
            await eventually('the call at its server', async () => {
                const { messages } = await helper.post(call(1, 'held', {}));
                return JSON.parse(messages[0].result.content[0].text).includes(nonce);
            });
            abort.abort();
            await gone;
            await release(nonce);
            const [row] = await eventually('the row', async () =>
                (await log.rowsByNonce(orchestrator, { tool_name: 'hold' })).get(nonce));
            assert.equal(row.status, 'success');
        });
});

describe('messages outside of requests', () => {
    const changes = (reader) => reader.messages.filter(({ method }) =>
        method === 'notifications/tools/list_changed').length;
    const grow = async () => {
        const name = `grown_${randomUUID()}`;
        await helper.post(call(1, 'grow', { name }));
        await eventually('the new tool', async () => (await helper.post(
            request(2, 'tools/list'))).messages[0].result.tools.some((tool) => tool.name === name));
    };

    test('C14: what changed while nobody listened is told to the next listener, once', async () => {
        const session = await open(newest);
        await grow();
        await grow();
        const first = await session.listen();
        await first.message('the change', ({ method }) => method?.endsWith('list_changed'));
        assert.equal(changes(first), 1, 'two equal messages that wait are one');
        first.cut();
        await first.ended;
        await eventually('the free place', async () => {
            const second = await session.listen();
            return second.status === 200 && second;
        }).then(async (second) => {
            await second.next('the beginning', isPriming);
            await grow();
            await second.message('the change', ({ method }) => method?.endsWith('list_changed'));
            assert.equal(changes(second), 1);
        });
    });

    test('F12: the listening stream is resumed by its last id, and loses its old connection',
        async () => {
            const session = await open(newest);
            const first = await session.listen();
            const { id } = await first.next('the beginning', isPriming);
            await grow();
            await first.message('the change', ({ method }) => method?.endsWith('list_changed'));
            const second = await session.listen(id);
            assert.equal(second.status, 200);
            await second.message('the change', ({ method }) => method?.endsWith('list_changed'));
            assert.equal(await first.ended, 'finished');
            assert.equal((await session.listen()).status, 409);
        });
});

/** Name → connects through a proxy and gives {call, close}. */
const realClients = {
    'SDK 1.x': async (proxy) => {
        const session = await connect({ url: proxy.url, workspace }, 'server_http',
            { server: 'faulty', key });
        return { call: (nonce) => session.json('hold', { nonce }), close: () => session.close() };
    },
    'client 2.x': async (proxy) => {
        const client = new Client({ name: 'e2e', version: '2.0.0' });
        await within('connecting', client.connect(new StreamableHTTPClientTransport(
            new URL(urlPath('server_http', 'faulty'), proxy.url),
            { requestInit: { headers: { authorization: `Bearer ${key}` } } })));
        workspace.closers.push(() => client.close());
        return {
            call: async (nonce) => JSON.parse((await client.callTool(
                { name: 'hold', arguments: { nonce } })).content[0].text),
            close: () => client.close(),
        };
    },
};

for (const [name, connectThrough] of Object.entries(realClients)) {
    test(`F15: a client whose network breaks in the middle of a call gets its answer: ${name}`,
        async () => {
            const proxy = await CutProxy.start(orchestrator);
            const { call: hold, close } = await connectThrough(proxy);
            await eventually('the listening stream', () => proxy.seen.includes('retry: '));
            const primed = proxy.seen.split('retry: ').length;
            const nonce = randomUUID();
            const answer = hold(nonce);
            await eventually('the stream of the call',
                () => proxy.seen.split('retry: ').length > primed);
            proxy.cut();
            await eventually('both streams again', () =>
                (proxy.asked.match(/last-event-id: /gi) ?? []).length >= 2);
            await release(nonce);
            assert.equal((await within('the answer', answer)).nonce, nonce);
            const rows = await eventually('the row', async () =>
                (await log.rowsByNonce(orchestrator, { tool_name: 'hold' })).get(nonce));
            assert.deepEqual(rows.map(({ status }) => status), ['success']);
            await close();
        });
}
