// Hostile requests get an answer that says why, and change nothing for anybody else.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { Bystander } from './support/bystander.mjs';
import { connect, entryPaths, urlPath } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { exchange, statusOf } from './support/raw_http.mjs';
import { callRequest, initializeParams, RawEventSession, RawHttpSession, request }
    from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;
let bystander;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() } });
    key = await orchestrator.createKey('hostile');
    bystander = await Bystander.connect(orchestrator, 'unified_sse', { server: 'faulty', key });
});

after(async () => {
    await bystander?.close();
    await orchestrator?.dispose();
});

afterEach(async () => {
    await bystander.assertUnharmed();
    assert.ok(orchestrator.running);
});

const isClientError = (status) => status >= 400 && status < 500;
const head = (line, ...fields) => [line, 'Host: 127.0.0.1', ...fields, '', ''].join('\r\n');
const mcpPath = urlPath('server_http', 'faulty');

describe('broken HTTP', () => {
    const post = (...fields) => head(`POST ${mcpPath} HTTP/1.1`, ...fields);
    const cases = {
        'no HTTP at all': 'hello\r\n\r\n',
        'a TLS hello': Buffer.from('16030100050100000100', 'hex').toString('latin1'),
        'an HTTP/2 preface': 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
        'no version': 'GET /health\r\n\r\n',
        'version 3': head('GET /health HTTP/3.0'),
        'no host': 'GET /health HTTP/1.1\r\n\r\n',
        'two hosts': head('GET /health HTTP/1.1', 'Host: example.com'),
        'a NUL in a field': head('GET /health HTTP/1.1', 'X-A: \0'),
        'a blank before the colon': post('Content-Length : 2') + '{}',
        'a negative length': post('Content-Length: -1'),
        'two lengths': post('Content-Length: 2', 'Content-Length: 3') + '{}',
        'length and chunks': post('Content-Length: 2', 'Transfer-Encoding: chunked') + '0\r\n\r\n',
        'a chunk size that is no number': post('Transfer-Encoding: chunked') + 'zz\r\n{}\r\n',
        'a huge chunk size': post('Transfer-Encoding: chunked') + 'ffffffffffffffff0\r\n',
        '64 KiB of fields': head('GET /health HTTP/1.1', `X-A: ${'a'.repeat(64 * 1024)}`),
        'a 64 KiB target': head(`GET /${'a'.repeat(64 * 1024)} HTTP/1.1`),
        'a body of a promised terabyte': post('Content-Length: 1099511627776'),
    };
    for (const [what, bytes] of Object.entries(cases)) {
        test(`${what} is refused or hung up on`, async () => {
            const status = statusOf(await exchange(orchestrator, bytes, { half: true }));
            assert.ok(status === 0 || isClientError(status) || status === 505, `${status}`);
        });
    }

    test('an escaped path reaches nothing outside', async () => {
        for (const target of ['/projects/default/servers/..%2f..%2fapi/mcp', '/%00', '/%zz',
            '/projects/default/../../etc/passwd', '//', '/projects//servers//mcp']) {
            const bytes = head(`GET ${target} HTTP/1.1`, 'Connection: close');
            const status = statusOf(await exchange(orchestrator, bytes));
            assert.ok(isClientError(status), `${target}: ${status}`);
        }
    });
});

describe('broken JSON', () => {
    const nested = (open, close, depth) => open.repeat(depth) + close.repeat(depth);
    const inArguments = (raw) => `{"jsonrpc":"2.0","id":1,"method":"tools/call","params":`
        + `{"name":"echo","arguments":{"nonce":${raw}}}}`;
    const cases = {
        nothing: '',
        'a truncated object': '{"jsonrpc":"2.0","id":1,',
        'trailing text': `${request(1, 'ping')} x`,
        'two objects': `${request(1, 'ping')}${request(2, 'ping')}`,
        'a number': '42',
        'an empty array': '[]',
        'a batch': `[${request(1, 'ping')}]`,
        'an array nested 100,000 deep': nested('[', ']', 100_000),
        'arguments nested 10,000 deep': inArguments(nested('[', ']', 10_000)),
        'arguments nested 100,000 objects deep':
            inArguments('{"a":'.repeat(100_000) + '1' + '}'.repeat(100_000)),
        'invalid UTF-8': Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":1,"method":"'),
            Buffer.from([0xc3, 0x28, 0xff]), Buffer.from('"}')]),
        'a lone surrogate': inArguments('"\\ud800"'),
        'no version': '{"id":1,"method":"ping"}',
        'version 1.0': '{"jsonrpc":"1.0","id":1,"method":"ping"}',
        'an id that is an object': '{"jsonrpc":"2.0","id":{},"method":"ping"}',
        'a method that is a number': '{"jsonrpc":"2.0","id":1,"method":1}',
        'a method twice': '{"jsonrpc":"2.0","id":1,"method":"ping","method":"tools/call"}',
        'a tool name twice': '{"jsonrpc":"2.0","id":1,"method":"tools/call",'
            + '"params":{"name":"echo","name":"crash","arguments":{}}}',
        'no tool name': request(1, 'tools/call', { arguments: {} }),
        'arguments that are a list': request(1, 'tools/call', { name: 'echo', arguments: [] }),
    };
    let http;
    let events;
    before(async () => {
        http = await RawHttpSession.open(orchestrator, 'faulty', key);
        events = await RawEventSession.open(orchestrator, urlPath('server_sse', 'faulty'), key);
        await events.ask(0, 'initialize', initializeParams());
        await events.post('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    });
    after(() => events.close());

    for (const [what, body] of Object.entries(cases)) {
        test(`${what} is refused on both transports`, async () => {
            const { status, messages } = await http.post(body);
            const refusal = messages[0]?.error;
            if (what === 'a lone surrogate') {
                // Legal JSON; whoever refuses it must say so, whoever takes it must answer.
                assert.ok(messages.length > 0);
            } else {
                assert.ok(isClientError(status) || refusal !== undefined, `${status}`);
                assert.ok([-32700, -32600, -32602].includes(refusal?.code ?? -32600));
            }
            const posted = await events.post(body);
            assert.ok(posted.status === 202 || isClientError(posted.status), `${posted.status}`);
            assert.deepEqual((await events.ask(`after ${what}`, 'ping')).result, {});
        });
    }

    test('a body over the limit is refused, or cut off while it comes', async () => {
        const big = Buffer.alloc(20 * 1024 * 1024, 'a');
        const outcome = await http.post(big).then(({ status }) => status, ({ cause }) => cause.code);
        assert.ok([413, 'ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(outcome), `${outcome}`);
    });

    test('the session that sent all this still works', async () => {
        const { messages } = await http.post(callRequest('last', 'echo', { nonce: 'last' }));
        assert.equal(JSON.parse(messages[0].result.content[0].text).nonce, 'last');
    });
});

test('F3, F9: a wrong method, content type or version is refused', async () => {
    const http = await RawHttpSession.open(orchestrator, 'faulty', key);
    for (const method of ['PUT', 'PATCH']) {
        assert.equal((await http.send(method, request(1, 'ping'))).status, 405);
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
        const { status } = await http.post(request(1, 'ping'), { 'content-type': type });
        assert.equal(status, 415, type);
    }
    const { status } = await http.post(request(1, 'ping'),
        { 'mcp-protocol-version': '1999-01-01' });
    assert.equal(status, 400);
});

test('5,000 names of tools that nobody has are one series and a row each', async () => {
    const callsTotal = 'mcp_orch_tool_calls_total';
    const scrape = async () => log.samples((await orchestrator.api('/metrics')).text);
    const toolsOf = (samples) => samples.filter(({ name }) => name === callsTotal)
        .map(({ labels }) => labels.tool);
    const unknown = { server: 'faulty', tool: '(unknown)' };
    const names = Array.from({ length: 5000 }, (_, index) => `invented_${index}`);
    const earlierSamples = await scrape();
    const earlierUnknown = await log.counter(orchestrator, callsTotal, unknown);

    const http = await RawHttpSession.open(orchestrator, 'faulty', key);
    const left = [...names];
    await Promise.all(Array.from({ length: 16 }, async () => {
        for (let name = left.pop(); name !== undefined; name = left.pop()) {
            const { messages } = await http.post(callRequest(name, name, {}));
            assert.equal(messages[0]?.error?.code, -32602, name);
        }
    }));

    await log.settled(orchestrator, bystander.session);
    const rows = await log.rows(orchestrator, { tool_name: 'invented_' });
    assert.deepEqual(rows.map((row) => row.tool_name).sort(), [...names].sort());
    await eventually('the count of all these calls', async () =>
        await log.counter(orchestrator, callsTotal, unknown) === earlierUnknown + names.length);
    const samples = await scrape();
    assert.deepEqual(toolsOf(samples).filter((tool) => tool.startsWith('invented_')), []);
    assert.ok(samples.length - earlierSamples.length < 200,
        `${samples.length - earlierSamples.length} more samples than before`);
});

test('many clients that hang up in the middle of a call leave nothing behind', async () => {
    await Promise.all(Array.from({ length: 40 }, async (_, index) => {
        const session = await connect(orchestrator, entryPaths[index % entryPaths.length],
            { server: 'faulty', key });
        const unanswered = session.call('slow', { nonce: 'gone', ms: 200 }).catch(() => {});
        await session.client.close();
        await unanswered;
    }));
});
