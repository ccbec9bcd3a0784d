// Batches of revision 2025-03-26: taken where they were agreed on, and nowhere else.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { callRequest, initializeParams, RawEventSession, RawHttpSession, request }
    from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;
let session;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() } });
    key = await orchestrator.createKey('batches');
    session = await open('2025-03-26');
});

after(() => orchestrator?.dispose());

const open = (version, entryPath) =>
    RawHttpSession.open(orchestrator, 'faulty', key, undefined, { version, entryPath });
const batch = (...messages) => `[${messages.join(',')}]`;
const initialized = '{"jsonrpc":"2.0","method":"notifications/initialized"}';
const byId = (messages) => Object.fromEntries(messages.map((message) => [message.id, message]));
const nonceOf = ({ result }) => JSON.parse(result.content[0].text).nonce;

for (const entryPath of ['server_http', 'unified_http']) {
    test(`F6: requests and notifications together are answered by one array: ${entryPath}`,
        async () => {
            const own = await open('2025-03-26', entryPath);
            const tool = entryPath === 'server_http' ? 'echo' : 'faulty__echo';
            const nonces = [randomUUID(), randomUUID()];
            const { status, headers, text } = await own.post(batch(
                callRequest('a', tool, { nonce: nonces[0] }), initialized, request(7, 'ping'),
                callRequest(8, tool, { nonce: nonces[1] }), request(9, 'no/such/method')));
            assert.equal(status, 200);
            assert.equal(headers.get('content-type'), 'application/json');
            const answers = JSON.parse(text);
            assert.equal(answers.length, 4);
            const { a, 7: pong, 8: second, 9: unknown } = byId(answers);
            assert.deepEqual([nonceOf(a), nonceOf(second)], nonces);
            assert.deepEqual(pong.result, {});
            assert.equal(unknown.error.code, -32601);
            assert.equal(typeof answers.find(({ id }) => id === 7).id, 'number');
            for (const nonce of nonces) {
                const rows = await eventually('the row', async () =>
                    (await log.rowsByNonce(orchestrator)).get(nonce));
                assert.equal(rows.length, 1);
            }
        });
}

test('F6: what comes before the answers makes them events of one stream', async () => {
    const call = (id, steps) => request(id, 'tools/call', { name: 'progress',
        arguments: { steps, nonce: id }, _meta: { progressToken: `of-${id}` } });
    const stream = await session.stream(batch(call('x', 2), request('y', 'ping'), call('z', 1)));
    assert.equal(await stream.ended, 'finished');
    const answers = stream.messages.filter(({ id }) => id !== undefined);
    assert.deepEqual(answers.map(({ id }) => id).sort(), ['x', 'y', 'z']);
    const reports = stream.messages.filter(({ id }) => id === undefined);
    assert.deepEqual(reports.map(({ params }) => params.progressToken).sort(),
        ['of-x', 'of-x', 'of-z']);
});

test('F6: a client that takes events alone gets the answers so', async () => {
    const { headers, messages } = await session.post(
        batch(request(1, 'ping'), request(2, 'ping')), { accept: 'text/event-stream' });
    assert.equal(headers.get('content-type'), 'text/event-stream');
    assert.deepEqual(messages.map(({ id }) => id).sort(), [1, 2]);
});

test('F10: notifications or responses alone are 202, without a body', async () => {
    for (const body of [batch(initialized, initialized),
        batch('{"jsonrpc":"2.0","id":1,"result":{}}',
            '{"jsonrpc":"2.0","id":2,"error":{"code":1,"message":"no"}}')]) {
        const { status, text } = await session.post(body);
        assert.deepEqual([status, text], [202, '']);
    }
});

test('F6: a batch with a fault runs nothing of it', async () => {
    const nonce = randomUUID();
    const good = callRequest(1, 'echo', { nonce });
    for (const [body, code, what] of [
        ['[]', -32600, /empty/],
        [batch(good, '1'), -32600, /message 2 of the batch/],
        [batch(good, '{"jsonrpc":"2.0","id":{},"method":"ping"}'), -32600, /message 2/],
        [batch(good, batch(good)), -32600, /message 2/],
        [batch(good, '{"jsonrpc":"2.0","id":1,"result":{}}'), -32600, /responses beside/],
        [batch(request(0, 'initialize', initializeParams('x', '2025-03-26')), good), -32600,
            /initialize cannot/],
        [batch(...Array(101).fill(good)), -32600, /more than 100/],
        [`[${good}`, -32700, /not valid JSON/],
        [`[${good},]`, -32700, /not valid JSON/],
        [`[${good}]]`, -32700, /not valid JSON/],
        [`${batch(good)} x`, -32700, /not valid JSON/],
    ]) {
        const { status, messages, text } = await session.post(body);
        assert.equal(status, 400, text);
        assert.equal(messages.length, 1);
        assert.equal(messages[0].error.code, code, text);
        assert.match(messages[0].error.message, what);
        assert.ok(!('id' in messages[0]), text);
    }
    await log.settled(orchestrator,
        { call: (tool, args) => session.post(callRequest(2, tool, args)) });
    assert.equal((await log.rowsByNonce(orchestrator)).get(nonce), undefined);
});

test('F6: elsewhere a batch is 400', async () => {
    for (const version of ['2024-11-05', '2025-06-18', '2025-11-25']) {
        const other = await open(version);
        const { status, messages } = await other.post(batch(request(1, 'ping')));
        assert.equal(status, 400);
        assert.equal(messages[0].error.code, -32600, version);
        assert.match(messages[0].error.message, /batch/);
        assert.ok(!('id' in messages[0]));
        assert.deepEqual((await other.post(request(1, 'ping'))).messages[0].result, {});
    }
    const unopened = new RawHttpSession(session.url, key);
    const { status, messages } = await unopened.post(
        batch(request(0, 'initialize', initializeParams('x', '2025-03-26'))));
    assert.deepEqual([status, messages[0].error.code], [400, -32600]);
    const events = await RawEventSession.open(orchestrator, urlPath('server_sse', 'faulty'), key);
    await events.ask(0, 'initialize', initializeParams('x', '2025-03-26'));
    assert.equal((await events.post(batch(request(1, 'ping')))).status, 400);
    assert.deepEqual((await events.ask(2, 'ping')).result, {});
});

test('F6: each call of a batch has one row, and over the limits of its key an error', async () => {
    const { json: made } = await orchestrator.api('/api/projects/default/api-keys', { method: 'POST',
        body: { name: 'two calls', limits: { calls_at_once: 2 } } });
    const limited = await RawHttpSession.open(orchestrator, 'faulty', made.api_key, undefined,
        { version: '2025-03-26' });
    const nonces = Array.from({ length: 4 }, () => randomUUID());
    const { messages } = await limited.post(batch(...nonces.map((nonce, index) =>
        callRequest(index, 'slow', { ms: 200, nonce }))));
    assert.equal(messages.length, 4);
    const refused = messages.filter(({ error }) => error !== undefined);
    assert.equal(refused.length, 2);
    assert.deepEqual(refused.map(({ id, error }) => [id, error.code]), [[2, -32603], [3, -32603]]);
    for (const nonce of nonces) {
        const rows = await eventually('the row', async () =>
            (await log.rowsByNonce(orchestrator, { tool_name: 'slow' })).get(nonce));
        assert.equal(rows.length, 1);
    }
});

test('C5: a call of a batch that is cancelled has no answer, the others have', async () => {
    const answered = session.post(batch(callRequest('gone', 'hang', { nonce: 'batched' }),
        request('kept', 'ping')));
    await eventually('the call at its server', async () => JSON.parse((await session.post(
        callRequest('look', 'open_calls', {}))).messages[0].result.content[0].text)
        .open.includes('batched'));
    await session.post(JSON.stringify({ jsonrpc: '2.0', method: 'notifications/cancelled',
        params: { requestId: 'gone' } }));
    const { text } = await answered;
    assert.deepEqual(JSON.parse(text), [{ jsonrpc: '2.0', id: 'kept', result: {} }]);
});
