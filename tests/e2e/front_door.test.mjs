// What the addresses of MCP answer before a message is even looked at, on each of them.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, afterEach, before, describe, test } from 'node:test';
import { Bystander } from './support/bystander.mjs';
import { entryPaths, urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { EventReader } from './support/event_reader.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { exchange, statusOf } from './support/raw_http.mjs';
import { initializeParams, RawEventSession, RawHttpSession, request }
    from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const bodyMax = 1024 * 1024;
let orchestrator;
let key;
let bystander;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() }, env: {
        MCP_ORCH_HTTP_BODY_BYTES_MAX: `${bodyMax}`,
        MCP_ORCH_HTTP_KEEP_ALIVE_INTERVAL: '100ms',
        MCP_ORCH_HTTP_BODY_TIMEOUT: '300ms',
    } });
    key = await orchestrator.createKey('door');
    bystander = await Bystander.connect(orchestrator, 'server_sse', { server: 'faulty', key });
});

after(async () => {
    await bystander?.close();
    await orchestrator?.dispose();
});

afterEach(async () => {
    await bystander.assertUnharmed();
    assert.ok(orchestrator.running);
});

const versions = ['2025-03-26', '2025-06-18', '2025-11-25'];
const ping = request('p', 'ping');

/** A session to which a body can be posted over one of the ways in. */
async function posting(entryPath) {
    const path = urlPath(entryPath, 'faulty');
    if (entryPath.endsWith('http')) {
        return RawHttpSession.open(orchestrator, 'faulty', key, undefined, { entryPath });
    }
    const session = await RawEventSession.open(orchestrator, path, key);
    await session.ask(0, 'initialize', initializeParams());
    return { url: session.endpoint, close: () => session.close(), session,
        post: (body, headers) => session.post(body, { headers }) };
}

/** A whole request as bytes; `Host` and the key are there unless `fields` has its own. */
const raw = (url, fields, body = '') => exchange(orchestrator, [
    `POST ${url.pathname}${url.search} HTTP/1.1`,
    ...(fields.some((field) => /^host:/i.test(field)) ? [] : ['Host: 127.0.0.1']),
    `Authorization: Bearer ${key}`, ...fields, '', body].join('\r\n'));

for (const entryPath of entryPaths) {
    describe(`over ${entryPath}`, () => {
        let session;
        let fields;
        before(async () => {
            session = await posting(entryPath);
            fields = ['Content-Type: application/json', `Content-Length: ${ping.length}`,
                ...(session.sessionId ? [`Mcp-Session-Id: ${session.sessionId}`] : [])];
        });
        after(() => session.close?.());

        test('F2: a foreign Host alone and a foreign Origin alone are 403', async () => {
            assert.ok([200, 202].includes(statusOf(await raw(session.url, fields, ping))));
            for (const good of ['Host: localhost:1', 'Origin: http://localhost:3000',
                'Origin: http://127.0.0.1']) {
                const status = statusOf(await raw(session.url, [good, ...fields], ping));
                assert.ok([200, 202].includes(status), `${good}: ${status}`);
            }
            for (const bad of ['Host: evil.example.com', 'Host: localhost.evil.example.com',
                'Origin: https://evil.example.com', 'Origin: null', 'Origin: http://localhost.evil',
                'Origin: http://127.0.0.1\r\nOrigin: http://evil.example.com']) {
                assert.equal(statusOf(await raw(session.url, [bad, ...fields], ping)), 403, bad);
            }
        });

        test('F2: streams are not opened for foreign pages either', async () => {
            for (const bad of [{ origin: 'https://evil.example.com' }, { origin: 'null' }]) {
                const reader = await EventReader.open(
                    new URL(urlPath(entryPath, 'faulty'), orchestrator.url),
                    { headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream',
                        ...bad } });
                assert.equal(reader.status, 403);
            }
        });

        test('F3: a body that does not say that it is JSON is 415', async () => {
            for (const type of ['text/plain', 'application/x-www-form-urlencoded',
                'multipart/form-data', 'text/json', 'application/json2', 'application/xml', '']) {
                const { status } = await session.post(ping, { 'content-type': type });
                assert.equal(status, 415, type);
            }
            for (const type of ['application/json; charset=utf-8', 'Application/JSON',
                'application/json ;charset=utf-8']) {
                const { status } = await session.post(ping, { 'content-type': type });
                assert.ok([200, 202].includes(status), `${type}: ${status}`);
            }
        });

        test('F4: too large a body is 413, too large a head 431', async () => {
            const announced = ['Content-Type: application/json', 'Content-Length: 104857600'];
            assert.equal(statusOf(await raw(session.url, announced)), 413);
            const chunked = ['Content-Type: application/json', 'Transfer-Encoding: chunked'];
            const piece = `${(2 * bodyMax).toString(16)}\r\n${' '.repeat(2 * bodyMax)}\r\n`;
            assert.equal(statusOf(await raw(session.url, chunked, piece)), 413);
            assert.equal(statusOf(await raw(session.url, [`X: ${'x'.repeat(64 * 1024)}`])), 431);
            const fits = request(1, 'ping').padEnd(bodyMax);
            assert.ok([200, 202].includes((await session.post(fits)).status));
        });

        test('F4: a body that never ends is 408', async () => {
            for (const how of ['Content-Length: 100', 'Transfer-Encoding: chunked']) {
                const answer = await raw(session.url, ['Content-Type: application/json', how], '1');
                assert.equal(statusOf(answer), 408, how);
            }
        });

        test('F5: what is no JSON is 400 and -32700 without an id', async () => {
            for (const body of ['', 'x', '{', '{"jsonrpc":"2.0","id":1,"method":"ping"',
                `${ping}x`, '[1,', '{"a":nul}', '\ufeff{}']) {
                const { status, text } = await session.post(body);
                const error = JSON.parse(text);
                assert.deepEqual([status, error.error.code], [400, -32700], JSON.stringify(body));
                assert.ok(!('id' in error), text);
            }
        });
    });
}

for (const version of versions) {
    describe(`Streamable HTTP of ${version}`, () => {
        const open = () => RawHttpSession.open(orchestrator, 'faulty', key, undefined, { version });

        test('F8: a session begins with initialize, and its id is asked for and visible ASCII',
            async () => {
                const { sessionId, url } = await open();
                assert.match(sessionId, /^[\x21-\x7e]{22,}$/);
                assert.notEqual(sessionId, (await open()).sessionId);
                const without = new RawHttpSession(url, key);
                for (const method of ['POST', 'GET', 'DELETE']) {
                    const { status } = await without.send(method,
                        method === 'POST' ? ping : undefined);
                    assert.equal(status, 400, method);
                }
            });

        test('F8: an unknown session is 404, one of somebody else, too', async () => {
            const session = await open();
            const stranger = await orchestrator.createKey(`stranger ${randomUUID()}`);
            for (const other of [new RawHttpSession(session.url, key, randomUUID()),
                new RawHttpSession(session.url, key, 'x'),
                new RawHttpSession(session.url, stranger, session.sessionId)]) {
                for (const method of ['POST', 'GET', 'DELETE']) {
                    const { status, text } = await other.send(method,
                        method === 'POST' ? ping : undefined);
                    assert.equal(status, 404, `${method} ${text}`);
                }
            }
            assert.deepEqual((await session.post(ping)).messages[0].result, {});
        });

        test('F8: DELETE ends a session, and afterwards it is unknown', async () => {
            const session = await open();
            assert.equal((await session.send('DELETE')).status, 200);
            for (const method of ['DELETE', 'GET', 'POST']) {
                const { status } = await session.send(method, method === 'POST' ? ping : undefined);
                assert.equal(status, 404);
            }
        });

        test('F8: a second initialize in a session is an error', async () => {
            const session = await open();
            const { messages } = await session.post(request(2, 'initialize', initializeParams()));
            assert.equal(messages[0].error.code, -32600);
        });

        test('F9: an unsupported MCP-Protocol-Version is 400, none is fine', async () => {
            const session = await open();
            for (const [bad, method] of ['1999-01-01', 'x', '2025-06-18, 2025-11-25'].flatMap(
                (one) => [[one, 'POST'], [one, 'GET'], [one, 'DELETE']])) {
                const { status } = await session.send(method, method === 'POST' ? ping : undefined,
                    { 'mcp-protocol-version': bad });
                assert.equal(status, 400, `${method} ${bad}`);
            }
            for (const headers of [{}, { 'mcp-protocol-version': version }]) {
                assert.equal((await session.post(ping, headers)).status, 200);
            }
        });

        test('F10: notifications and responses are 202 without a body', async () => {
            const session = await open();
            for (const body of ['{"jsonrpc":"2.0","method":"notifications/initialized"}',
                '{"jsonrpc":"2.0","method":"notifications/unheard_of"}',
                '{"jsonrpc":"2.0","id":99,"result":{}}',
                '{"jsonrpc":"2.0","id":99,"error":{"code":-1,"message":"no"}}']) {
                const { status, text } = await session.post(body);
                assert.deepEqual([status, text], [202, ''], body);
            }
        });

        test('F11: the second stream is 409, until the first is gone', async () => {
            const session = await open();
            const first = await session.listen();
            assert.equal(first.status, 200);
            assert.equal((await session.listen()).status, 409);
            first.cut();
            await eventually('the free place', async () =>
                (await session.listen()).status === 200);
        });

        test('F17: streams are kept alive and say that nobody may hold them up', async () => {
            const session = await open();
            const reader = await session.listen();
            assert.equal(reader.headers.get('content-type'), 'text/event-stream');
            assert.equal(reader.headers.get('cache-control'), 'no-cache, no-transform');
            assert.equal(reader.headers.get('x-accel-buffering'), 'no');
            assert.equal(reader.headers.get('content-encoding'), null);
            await reader.next('a keep-alive', ({ comment }) => comment === 'keepalive');
        });
    });
}

test('F7: a request without a handshake is refused, and its client can begin with one', async () => {
    const revision = '2026-07-28';
    const body = request('d', 'server/discover', { _meta: {
        'io.modelcontextprotocol/protocolVersion': revision,
        'io.modelcontextprotocol/clientCapabilities': {} } });
    const session = new RawHttpSession(new URL(urlPath('server_http', 'faulty'), orchestrator.url),
        key);
    for (const headers of [{ 'mcp-protocol-version': revision, 'mcp-method': 'server/discover' },
        {}]) {
        const { status, messages: [answer] } = await session.post(body, headers);
        assert.equal(status, 400);
        // These codes would say that this server speaks such a revision.
        assert.ok(![-32020, -32021, -32022].includes(answer.error.code), answer.error.message);
    }
    const opened = await session.post(request(0, 'initialize', initializeParams('m', revision)));
    assert.equal(opened.messages[0].result.protocolVersion, '2025-11-25');
});

test('F13: GET and DELETE are for sessions alone', async () => {
    const session = new RawHttpSession(new URL(urlPath('server_http', 'faulty'), orchestrator.url),
        key);
    for (const method of ['GET', 'DELETE']) {
        for (const headers of [{}, { 'mcp-protocol-version': '2026-07-28' }]) {
            assert.equal((await session.send(method, undefined, headers)).status, 400, method);
        }
    }
});

test('F3: an Accept that allows neither JSON nor events is 406', async () => {
    const session = await RawHttpSession.open(orchestrator, 'faulty', key);
    for (const accept of ['text/html', 'image/png, text/plain']) {
        assert.equal((await session.post(ping, { accept })).status, 406);
    }
    for (const accept of ['application/json', 'text/html']) {
        assert.equal((await session.listen(undefined, { accept })).status, 406);
    }
    for (const accept of ['*/*', 'application/json', 'text/event-stream',
        'application/json, text/event-stream']) {
        assert.equal((await session.post(ping, { accept })).status, 200, accept);
    }
});

test('F16: HTTP+SSE: the endpoint comes first, answers on the stream, 202 to each POST', async () => {
    for (const entryPath of ['server_sse', 'unified_sse']) {
        const reader = await EventReader.open(
            new URL(urlPath(entryPath, 'faulty'), orchestrator.url),
            { headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' } });
        assert.equal(reader.headers.get('cache-control'), 'no-cache, no-transform');
        assert.equal(reader.headers.get('x-accel-buffering'), 'no');
        const first = await reader.next('the first event', () => true);
        assert.equal(first.event, 'endpoint');
        assert.match(first.data, /^\/.*messages\?session_?id=/i);
        const post = async (body) => {
            const response = await fetch(new URL(first.data, orchestrator.url), { method: 'POST',
                body, headers: { authorization: `Bearer ${key}`,
                    'content-type': 'application/json' } });
            return [response.status, await response.text()];
        };
        assert.deepEqual(await post(request(1, 'initialize', initializeParams('x', '2024-11-05'))),
            [202, 'Accepted']);
        const hello = await reader.message('the answer', ({ id }) => id === 1);
        assert.equal(hello.result.protocolVersion, '2024-11-05');
        // Nothing to come back with: this transport knows no resumption.
        assert.deepEqual(reader.events.filter(({ id }) => id !== undefined), []);
        await reader.next('a keep-alive', ({ comment }) => comment === 'keepalive');
        reader.cut();
        await eventually('the end of the session', async () => (await post(ping))[0] === 404);
    }
});

test('F16: the ids of one transport are none of the other', async () => {
    const streamable = await RawHttpSession.open(orchestrator, 'faulty', key);
    const events = await RawEventSession.open(orchestrator, urlPath('server_sse', 'faulty'), key);
    const foreign = new URL(events.endpoint);
    foreign.searchParams.set('session_id', streamable.sessionId);
    assert.equal((await events.post(ping, { url: foreign })).status, 404);
    const id = events.endpoint.searchParams.get('session_id');
    const other = new RawHttpSession(streamable.url, key, id);
    for (const method of ['POST', 'GET', 'DELETE']) {
        assert.equal((await other.send(method, method === 'POST' ? ping : undefined)).status, 404);
    }
    events.close();
});
