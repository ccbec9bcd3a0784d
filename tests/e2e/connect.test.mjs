// `mcp-orch connect`: a client that starts programs reaches the running orchestrator.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { Session } from './support/client.mjs';
import { eventually, guardMs, within } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { callRequest, initializeParams, request } from './support/raw_session.mjs';
import { bridge } from './support/sdk_clients.mjs';
import { conformanceFixture, faulty } from './support/server_definitions.mjs';
import { StdioBridge } from './support/stdio_bridge.mjs';

const workspace = new Workspace();
/** Long enough that no test can pass by waiting for it. */
const timeout = 600;
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {
        faulty: faulty([], { timeout }), other: faulty([], { timeout }),
        fixture: conformanceFixture() } });
    key = await orchestrator.createKey('connect');
    const { status, text } = await orchestrator.api('/api/projects/default/servers/fixture',
        { method: 'PUT', body: { process_policy: 'per-session' } });
    assert.equal(status, 200, text);
});

after(() => orchestrator?.dispose());

const locally = (server) => ['--project', 'default',
    ...(server === undefined ? [] : ['--server', server]), '--data-dir', orchestrator.dataDir];

/** A real client over stdio; without `server` it sees all of them. */
async function open(server, { args = locally(server), env, capabilities = {} } = {}) {
    const client = new Client({ name: 'desktop', version: '1.0.0' }, { capabilities });
    const transport = bridge(args, { env });
    const session = new Session(client, { entryPath: server === undefined ? 'unified_sse'
        : 'server_sse', server: server ?? 'faulty', transport });
    workspace.closers.push(() => client.close());
    await within('connecting over stdio', client.connect(transport), 2 * guardMs);
    return session;
}

async function withSession(server, body, options) {
    const session = await open(server, options);
    try {
        await body(session);
        assert.deepEqual(session.errors, []);
    } finally {
        await session.close();
    }
}

describe('a client over stdio', () => {
    test('initializes, lists and calls', () => withSession('faulty', async (session) => {
        assert.ok((await session.tools()).some(({ name }) => name === 'echo'));
        assert.equal((await session.json('echo', { nonce: 'ü\u2028' })).nonce, 'ü\u2028');
        await session.client.ping();
    }));

    test('reaches all servers of a project', () => withSession(undefined, async (session) => {
        const names = (await session.tools()).map(({ name }) => name);
        assert.ok(names.includes('faulty__echo') && names.includes('other__echo'));
        assert.equal((await session.json('echo', { nonce: 'all' })).nonce, 'all');
    }));

    test('has many requests under way, none of which waits for another', () =>
        withSession('faulty', async (session) => {
            const withdrawal = new AbortController();
            const hanging = session.call('hang', { nonce: randomUUID() },
                { signal: withdrawal.signal }).catch(() => {});
            const nonces = Array.from({ length: 100 }, () => randomUUID());
            assert.deepEqual(await Promise.all(nonces.map(async (nonce) =>
                (await session.json('echo', { nonce })).nonce)), nonces);
            withdrawal.abort();
            await hanging;
        }));

    test('C5: cancels, and no cancellation overtakes its call', () =>
        withSession('faulty', async (session) => {
            const nonces = Array.from({ length: 20 }, () => randomUUID());
            await Promise.all(nonces.map(async (nonce) => {
                const withdrawal = new AbortController();
                const call = session.call('hang', { nonce }, { signal: withdrawal.signal });
                withdrawal.abort('at once');
                await assert.rejects(call);
            }));
            await eventually('all cancellations', async () => {
                const { open: left, cancelled } = await session.json('open_calls');
                return nonces.every((nonce) => cancelled.includes(nonce) && !left.includes(nonce));
            });
        }));

    test('C4: hears of progress with its own tokens', () => withSession('faulty',
        async (session) => {
            const seen = [];
            await session.call('progress', { steps: 5, nonce: 'p' },
                { onprogress: ({ progress }) => seen.push(progress) });
            assert.deepEqual(seen, [1, 2, 3, 4, 5]);
        }));

    test('C14: hears of changed tools', () => withSession('other', async (session) => {
        await session.tools();
        await session.call('grow', { name: 'grown_over_stdio' });
        await eventually('the announcement', () => session.listChanges > 0);
    }));

    test('answers what servers ask', () => withSession('fixture', async (session) => {
        session.client.setRequestHandler(types.ElicitRequestSchema, () =>
            ({ action: 'accept', content: { username: 'ada', email: 'ada@example.com' } }));
        session.client.setRequestHandler(types.CreateMessageRequestSchema, () => ({
            role: 'assistant', model: 'none', content: { type: 'text', text: 'sampled' } }));
        assert.match(await session.text('test_elicitation', { message: 'Who?' }), /accept.*ada/);
        assert.match(await session.text('test_sampling', { prompt: 'Say.' }), /sampled/);
    }, { capabilities: { elicitation: {}, sampling: {} } }));

    test('reaches an orchestrator elsewhere with a key from the environment', () =>
        withSession('faulty', async (session) => {
            assert.equal((await session.json('echo', { nonce: 'url' })).nonce, 'url');
        }, { args: ['--project', 'default', '--server', 'faulty', '--url', orchestrator.url],
            env: { MCP_ORCH_KEY: key } }));
});

describe('at once', () => {
    const refusals = [
        ['nobody runs there', 3, /mcp-orch serve --data-dir/,
            () => ['--project', 'default', '--data-dir', '/nowhere/orch', '--wait', '0']],
        ['nobody listens on the address', 3, /127\.0\.0\.1:1/,
            () => ['--project', 'default', '--url', 'http://127.0.0.1:1',
                '--wait', '0']],
        ['there is no such project', 1, /nobody/,
            () => ['--project', 'nobody', '--data-dir', orchestrator.dataDir]],
        ['there is no such server', 1, /nobody/, () => locally('nobody')],
        ['no key is given', 1, /give it as MCP_ORCH_KEY or --key/,
            () => ['--project', 'default', '--url', orchestrator.url]],
        ['the key is wrong', 1, /key/i,
            () => ['--project', 'default', '--url', orchestrator.url, '--key', 'wrong']],
        ['the address is none', 2, /--url/, () => ['--project', 'default', '--url', 'elsewhere']],
        ['no project is named', 2, /--project/, () => []],
    ];
    for (const [what, code, said, args] of refusals) {
        test(`it ends with code ${code} when ${what}, and stdout stays empty`, async () => {
            const bridged = new StdioBridge(orchestrator, args());
            assert.equal((await bridged.end()).code, code, bridged.stderr);
            assert.match(bridged.stderr, said);
            assert.deepEqual(bridged.messages, []);
        });
    }
});

describe('lines that are no messages', () => {
    const cases = {
        'half an object': ['{"jsonrpc":"2.0",', -32700],
        'no JSON': ['hello', -32700],
        'a scalar': ['42', -32600],
        'another version': ['{"jsonrpc":"1.0","id":"v","method":"ping"}', -32600, 'v'],
        'duplicate ids': ['{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', -32600],
        'invalid UTF-8': [Buffer.from([0x22, 0xff, 0xfe, 0x22, 0x0a]), -32700],
        '20 MB in one line': [Buffer.concat([Buffer.alloc(20_000_000, 'x'), Buffer.from('\n')]),
            -32600],
    };
    for (const [what, [line, code, id]] of Object.entries(cases)) {
        test(`${what} is answered with ${code}, and the session goes on`, async () => {
            const bridged = await StdioBridge.open(orchestrator, 'faulty');
            bridged.send(line);
            const refusal = await bridged.next('the refusal', ({ error }) => error !== undefined);
            assert.deepEqual([refusal.error.code, refusal.id], [code, id]);
            assert.deepEqual((await bridged.ask('after', 'ping')).result, {});
            assert.equal((await bridged.end()).code, 0);
        });
    }

    test('blank lines and a line without an end do no harm', async () => {
        const bridged = await StdioBridge.open(orchestrator, 'faulty');
        bridged.send('\n\r\n   \n');
        bridged.send(Buffer.from('{"jsonrpc":"2.0","id":"last","method":"ping"}'));
        assert.equal((await bridged.end()).code, 0);
        assert.deepEqual(bridged.messages.at(-1), { jsonrpc: '2.0', id: 'last', result: {} });
    });
});

describe('at the end', () => {
    test('of its input it lets calls finish, ends the session and leaves with 0', async () => {
        const bridged = await StdioBridge.open(orchestrator, 'faulty');
        bridged.send(callRequest('slow', 'slow', { ms: 300, nonce: 'late' }));
        assert.equal((await bridged.end()).code, 0);
        assert.equal(bridged.messages.at(-1).id, 'slow');
    });

    test('of its process its calls are cancelled', async () => {
        const watcher = await open('faulty');
        const bridged = await StdioBridge.open(orchestrator, 'faulty');
        const nonce = randomUUID();
        bridged.send(callRequest('h', 'hang', { nonce }));
        await eventually('the call reaching the server', async () =>
            (await watcher.json('open_calls')).open.includes(nonce));
        await bridged.kill();
        await eventually('the cancellation', async () =>
            (await watcher.json('open_calls')).cancelled.includes(nonce));
        await watcher.close();
    });
});

test('a restart of the orchestrator fails open calls, and the client goes on', async () => {
    const session = await open('faulty');
    const asked = [session.call('hang', { nonce: 'a' }), session.call('hang', { nonce: 'b' })]
        .map((call) => call.then(() => assert.fail('answered'), (error) => error));
    await eventually('the calls reaching the server', async () =>
        (await session.json('open_calls')).open.length >= 2);
    await orchestrator.kill();
    for (const error of await within('the failures', Promise.all(asked))) {
        assert.match(error.message, /mcp-orch/);
    }
    const early = session.json('echo', { nonce: 'early' });
    orchestrator = await Orchestrator.start(workspace);
    assert.equal((await early).nonce, 'early');
    assert.equal((await session.json('echo', { nonce: 'late' })).nonce, 'late');
    await session.close();
});

test('while the orchestrator stays away each request is refused with the reason', async () => {
    const bridged = await StdioBridge.open(orchestrator, 'faulty', { args: ['--wait', '0'] });
    await orchestrator.kill();
    // Until its end is noticed the reason is that.
    await eventually('the reason', async () =>
        /nobody answers on .*admin\.sock/.test(
            (await bridged.ask(randomUUID(), 'ping')).error.message));
    assert.equal((await bridged.end()).code, 0);
    orchestrator = await Orchestrator.start(workspace);
});

test('a client may start before the orchestrator', async () => {
    const early = new Workspace();
    const bridge = new StdioBridge({ workspace: early },
        ['--project', 'default', '--data-dir', early.dataDir, '--wait', '60']);
    let late;
    try {
        bridge.send(request(0, 'initialize', initializeParams()));
        late = await Orchestrator.start(early, { servers: { faulty: faulty() } });
        const answer = await bridge.next('the answer', ({ id }) => id === 0);
        assert.equal(answer.result.protocolVersion, '2025-06-18');
    } finally {
        await (late?.dispose() ?? early.remove());
    }
});
