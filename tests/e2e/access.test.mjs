// Who may come in, and what everybody else learns: nothing.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { request as httpRequest } from 'node:http';
import { after, before, describe, test } from 'node:test';
import { connect, entryPaths, urlPath } from './support/client.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { exchange, statusOf } from './support/raw_http.mjs';
import { callRequest, initializeParams, messagesOf, RawEventSession, RawHttpSession, request }
    from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;
let otherKey;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() } });
    key = await orchestrator.createKey('one');
    otherKey = await orchestrator.createKey('two');
});

after(() => orchestrator?.dispose());

const initialize = request(0, 'initialize', initializeParams());

/** A request with any headers, `Host` included; gives the status as soon as it is known. */
function status(path, { method = 'GET', headers = {}, body } = {}) {
    return new Promise((resolve, reject) => {
        const outgoing = httpRequest(new URL(path, orchestrator.url), { method, headers: {
            accept: 'application/json, text/event-stream',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers } },
        (response) => {
            resolve({ status: response.statusCode, headers: response.headers });
            response.destroy();
        });
        outgoing.on('error', reject);
        outgoing.end(body);
    });
}

const bearer = (token) => ({ authorization: `Bearer ${token}` });

/** A first request as a client of this path makes it. */
function opening(path, headers) {
    return path.includes('/sse') ? status(path, { headers })
        : status(path, { method: 'POST', headers, body: initialize });
}

const paths = entryPaths.map((entryPath) => urlPath(entryPath, 'faulty'));

for (const path of paths) {
    describe(path, () => {
        test('S2: a missing or wrong key is 401 and names the scheme', async () => {
            for (const headers of [{}, bearer('wrong'), bearer(''), bearer(`${key}x`),
                { authorization: `Basic ${Buffer.from(`a:${key}`).toString('base64')}` },
                { cookie: `key=${key}` }]) {
                const answer = await opening(path, headers);
                assert.equal(answer.status, 401, JSON.stringify(headers));
                assert.match(answer.headers['www-authenticate'], /^Bearer/);
            }
            assert.equal((await opening(`${path}?key=${key}&token=${key}`)).status, 401);
            assert.equal((await opening(path, bearer(key))).status, 200);
        });

        test('a foreign origin or host is refused', async () => {
            for (const origin of ['https://evil.example', 'http://127.0.0.1.evil.example',
                'null']) {
                const answer = await opening(path, { ...bearer(key), origin });
                assert.equal(answer.status, 403, origin);
            }
            for (const host of ['evil.example', `evil.example:${new URL(orchestrator.url).port}`]) {
                const answer = await opening(path, { ...bearer(key), host });
                assert.ok([403, 421].includes(answer.status), `${host}: ${answer.status}`);
            }
            const own = { ...bearer(key), origin: orchestrator.url };
            assert.equal((await opening(path, own)).status, 200);
        });
    });
}

test('a project or server that is not there is 404, whatever its name looks like', async () => {
    const bodies = new Set();
    for (const path of ['/projects/nobody/servers/faulty/mcp', '/projects/nobody/unified/mcp',
        `/projects/${randomUUID()}/servers/faulty/mcp`, `/projects/${randomUUID()}/unified/mcp`]) {
        const { status: code, text } = await orchestrator.api(path,
            { method: 'POST', body: initialize, token: key });
        assert.equal(code, 404, path);
        bodies.add(text.replaceAll(/nobody|[0-9a-f-]{36}/g, ''));
    }
    assert.equal(bodies.size, 1, [...bodies].join('\n'));
    for (const path of ['mcp', 'sse']) {
        assert.equal((await opening(`/projects/default/servers/nobody/${path}`,
            bearer(key))).status, 404);
    }
});

test('every alias of an endpoint leads to the same server', async () => {
    for (const path of ['bridge/sse', 'transport/sse', 'standard/sse']) {
        const session = await connect(orchestrator, 'server_sse', { server: 'faulty', key,
            url: `/projects/default/servers/faulty/${path}` });
        assert.equal((await session.json('echo', { nonce: path })).nonce, path);
        await session.close();
    }
    for (const path of ['streamable', 'mcp/fast']) {
        const session = await connect(orchestrator, 'unified_http', { server: 'faulty', key,
            url: `/projects/default/unified/${path}` });
        assert.equal((await session.json('echo', { nonce: path })).nonce, path);
        await session.close();
    }
});

test('F16: endpoint events are root-relative; both spellings of the parameter are taken', async () => {
    for (const [entryPath, spelling, other] of [['server_sse', 'session_id', 'sessionId'],
        ['unified_sse', 'sessionId', 'session_id']]) {
        const session = await RawEventSession.open(orchestrator, urlPath(entryPath, 'faulty'), key);
        assert.match(session.rawEndpoint, new RegExp(
            `^${urlPath(entryPath, 'faulty').replace('/sse', '/messages')}\\?${spelling}=[^&]+$`));
        assert.match(session.headers.get('content-type'), /^text\/event-stream/);
        await session.ask(0, 'initialize', initializeParams());
        const url = new URL(session.rawEndpoint.replace(`${spelling}=`, `${other}=`),
            orchestrator.url);
        assert.deepEqual((await session.ask('other', 'ping', undefined, { url })).result, {});

        const unknown = new URL(session.endpoint);
        unknown.searchParams.set(spelling, randomUUID());
        assert.equal((await session.post(request(1, 'ping'), { url: unknown })).status, 404);
        assert.equal((await session.post(request(1, 'ping'), { key: otherKey })).status, 404);
        const bare = new URL(session.endpoint.pathname, orchestrator.url);
        assert.equal((await session.post(request(1, 'ping'), { url: bare })).status, 400);
        session.close();
    }
});

test('F8, S3: a Streamable HTTP session belongs to its key and ends with DELETE', async () => {
    const session = await RawHttpSession.open(orchestrator, 'faulty', key);
    const ping = request(1, 'ping');
    assert.deepEqual((await session.post(ping)).messages[0].result, {});

    session.key = otherKey;
    assert.equal((await session.post(ping)).status, 404);
    assert.equal((await session.send('DELETE')).status, 404);
    session.key = key;
    assert.deepEqual((await session.post(ping)).messages[0].result, {});

    assert.ok([200, 202, 204].includes((await session.send('DELETE')).status));
    assert.equal((await session.post(ping)).status, 404);
    assert.equal((await session.send('DELETE')).status, 404);
    const unknown = new RawHttpSession(session.url, key, randomUUID());
    assert.equal((await unknown.post(ping)).status, 404);
    const without = new RawHttpSession(session.url, key);
    assert.equal((await without.post(ping)).status, 400);
    assert.ok([400, 405].includes((await without.send('GET')).status));
});

test('F8: a session of one endpoint is none of another', async () => {
    const session = await RawHttpSession.open(orchestrator, 'faulty', key);
    const elsewhere = new RawHttpSession(
        new URL(urlPath('unified_http'), orchestrator.url), key, session.sessionId);
    assert.equal((await elsewhere.post(request(1, 'ping'))).status, 404);
});

test('F16: a POST to an SSE URL is answered by the newer transport or refused as such', async () => {
    for (const path of paths.filter((one) => one.endsWith('/sse'))) {
        const response = await fetch(new URL(path, orchestrator.url), { method: 'POST',
            body: initialize, headers: { ...bearer(key), 'content-type': 'application/json',
                accept: 'application/json, text/event-stream' } });
        const text = await response.text();
        if (response.status === 200) {
            const [message] = messagesOf(response.headers.get('content-type'), text);
            assert.ok(message.result.serverInfo);
            assert.ok(response.headers.get('mcp-session-id'));
        } else {
            assert.equal(response.status, 405);
            assert.match(response.headers.get('allow'), /GET/);
        }
    }
});

test('calls before the handshake are refused, not run', async () => {
    const session = await RawEventSession.open(orchestrator, urlPath('server_sse', 'faulty'), key);
    const { error } = await session.ask(1, 'tools/call', { name: 'echo', arguments: {} });
    assert.ok(error.code < 0);
    session.close();
    const without = new RawHttpSession(
        new URL(urlPath('server_http', 'faulty'), orchestrator.url), key);
    assert.equal((await without.post(callRequest(1, 'echo', {}))).status, 400);
});

test('F4: what the header alone refuses never gets to send its body', async () => {
    const path = urlPath('server_http', 'faulty');
    // The body is announced and never sent, so only an answer to the header can come.
    const announce = (target, lines) => exchange(orchestrator, [
        `POST ${target} HTTP/1.1`, `Host: 127.0.0.1`, 'Content-Type: application/json',
        'Content-Length: 16000000', ...lines, '', ''].join('\r\n'));
    assert.equal(statusOf(await announce(path, [])), 401);
    assert.equal(statusOf(await announce(path, ['Authorization: Bearer wrong'])), 401);
    assert.equal(statusOf(await announce(path, ['Origin: https://evil.example.com'])), 403);
    assert.equal(statusOf(await announce('/no/such/place', [])), 404);
    // With a key the body is wanted: the client that asks is told to go on.
    const welcome = await exchange(orchestrator, [
        `POST ${path} HTTP/1.1`, 'Host: 127.0.0.1', 'Content-Type: application/json',
        `Authorization: Bearer ${key}`, 'Expect: 100-continue', 'Content-Length: 9', '', 'not json\n',
    ].join('\r\n'));
    assert.equal(statusOf(welcome), 400);
});
