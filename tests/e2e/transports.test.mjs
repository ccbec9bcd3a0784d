// Each way in behaves towards a real client as the server itself would.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { EmptyResultSchema, ErrorCode, LATEST_PROTOCOL_VERSION }
    from '@modelcontextprotocol/sdk/types.js';
import { connect, connectDirectly, entryPaths, isUnified } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import * as definitions from './support/server_definitions.mjs';

const workspace = new Workspace();
const files = join(workspace.shared, 'files');
mkdirSync(files);
writeFileSync(join(files, 'a.txt'), 'first file\n');
writeFileSync(join(files, 'b.txt'), 'second file\n');

const servers = {
    everything: definitions.everything(),
    memory: definitions.memory(join(workspace.shared, 'memory.json')),
    files: definitions.filesystem(files),
    faulty: definitions.faulty(),
};

let orchestrator;
let key;
const direct = {};

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers });
    key = await orchestrator.createKey('transports');
    for (const name of ['everything', 'memory', 'files']) {
        direct[name] = await connectDirectly(servers[name]);
    }
});

after(async () => {
    await Promise.all(Object.values(direct).map((session) => session.close()));
    await orchestrator?.dispose();
});

/** Runs `body` with a session that is closed whatever happens. */
async function withSession(entryPath, server, body) {
    const session = await connect(orchestrator, entryPath, { server, key });
    try {
        return await body(session);
    } finally {
        await session.close();
    }
}

const byName = (left, right) => (left.name < right.name ? -1 : 1);

const comparedCalls = {
    everything: [
        ['echo', { message: 'Grüße, \u{1F30D} "quoted" \\ \n\t\u2028 end' }],
        ['get-sum', { a: 1.5, b: -7 }],
        ['get-tiny-image', {}],
        ['get-structured-content', { location: 'Chicago' }],
        ['get-annotated-message', { messageType: 'error', includeImage: true }],
        ['get-resource-links', { count: 3 }],
        ['get-sum', { a: 'not a number' }],
    ],
    files: [
        ['list_directory', { path: files }],
        ['read_text_file', { path: join(files, 'a.txt') }],
        ['read_multiple_files', { paths: [join(files, 'a.txt'), join(files, 'b.txt')] }],
        ['read_text_file', { path: '/etc/hostname' }],
    ],
};

/** What a call came to, comparable between two connections: its result or its error. */
async function outcome(session, tool, args) {
    try {
        return { result: await session.call(tool, args) };
    } catch (error) {
        return { code: error.code, message: error.message };
    }
}

for (const entryPath of entryPaths) {
    describe(`over ${entryPath}`, () => {
        test('C6: a client initializes and pings', () =>
            withSession(entryPath, 'everything', async (session) => {
                assert.ok(session.client.getServerVersion().name.length > 0);
                assert.ok(session.client.getServerCapabilities().tools);
                assert.equal(session.client.getServerCapabilities().tools.listChanged, true);
                await session.client.ping();
                assert.equal(session.transport.protocolVersion ?? LATEST_PROTOCOL_VERSION,
                    LATEST_PROTOCOL_VERSION);
            }));

        test('C12: the tool list is that of the server, schemas untouched', () =>
            withSession(entryPath, 'everything', async (session) => {
                const names = isUnified(entryPath) ? Object.keys(direct) : ['everything'];
                const expected = [];
                for (const name of names) {
                    const prefix = isUnified(entryPath) ? `${name}__` : '';
                    for (const tool of await direct[name].tools()) {
                        expected.push({ ...tool, name: `${prefix}${tool.name}` });
                    }
                }
                const listed = (await session.tools())
                    .filter((tool) => !tool.name.startsWith('faulty__'));
                assert.ok(expected.length > 10);
                assert.deepEqual(listed.sort(byName), expected.sort(byName));
            }));

        for (const [server, calls] of Object.entries(comparedCalls)) {
            test(`calls of ${server} come to what direct calls come to`, () =>
                withSession(entryPath, server, async (session) => {
                    for (const [tool, args] of calls) {
                        assert.deepEqual(await outcome(session, tool, args),
                            await outcome(direct[server], tool, args), `${tool}`);
                    }
                }));
        }

        test('a server keeps what it was told', () =>
            withSession(entryPath, 'memory', async (session) => {
                const name = `${entryPath}-${randomUUID()}`;
                await session.call('create_entities',
                    { entities: [{ name, entityType: 'test', observations: ['seen'] }] });
                const found = await session.call('open_nodes', { names: [name] });
                assert.deepEqual(found.structuredContent.entities,
                    [{ name, entityType: 'test', observations: ['seen'] }]);
            }));

        for (const size of [64 * 1024, 1024 * 1024]) {
            test(`${size} bytes go in and come out`, () =>
                withSession(entryPath, 'everything', async (session) => {
                    const message = 'ä"'.repeat(size / 3);
                    assert.equal(await session.text('echo', { message }), `Echo: ${message}`);
                }));
        }

        test('C4: progress goes to the caller alone, with the token the caller chose', async () => {
            const [five, three, bystander] = await Promise.all([0, 1, 2].map(() =>
                connect(orchestrator, entryPath, { server: 'faulty', key })));
            try {
                const reports = { five: [], three: [] };
                await Promise.all([
                    five.call('progress', { steps: 5, nonce: 'five' },
                        { onprogress: (report) => reports.five.push(report) }),
                    three.call('progress', { steps: 3, nonce: 'three' },
                        { onprogress: (report) => reports.three.push(report) }),
                    bystander.call('progress', { steps: 9, nonce: 'bystander' }),
                ]);
                for (const [nonce, total] of [['five', 5], ['three', 3]]) {
                    assert.deepEqual(reports[nonce], Array.from({ length: total }, (_, index) =>
                        ({ progress: index + 1, total, message: nonce })));
                }
                for (const session of [five, three, bystander]) {
                    assert.deepEqual(session.errors, []);
                }
            } finally {
                await Promise.all([five, three, bystander].map((session) => session.close()));
            }
        });

        test('a long operation of a published server reports its progress', () =>
            withSession(entryPath, 'everything', async (session) => {
                const seen = [];
                await session.call('trigger-long-running-operation', { duration: 0.4, steps: 4 },
                    { onprogress: ({ progress, total }) => seen.push(`${progress}/${total}`) });
                // The last report may share a read with the answer; clients then drop it.
                assert.deepEqual(seen.slice(0, 3), ['1/4', '2/4', '3/4']);
            }));

        test('C5: a cancelled call is cancelled at the server and the session goes on', () =>
            withSession(entryPath, 'faulty', async (session) => {
                const nonce = randomUUID();
                const withdrawal = new AbortController();
                const call = assert.rejects(
                    session.call('hang', { nonce }, { signal: withdrawal.signal }));
                await eventually('the call reaching the server', async () =>
                    (await session.json('open_calls')).open.includes(nonce));
                withdrawal.abort('enough');
                await call;
                await eventually('the cancellation reaching the server', async () =>
                    (await session.json('open_calls')).cancelled.includes(nonce));
            }));

        test('C9: an unknown tool is invalid params, an unknown method is not found', () =>
            withSession(entryPath, 'everything', async (session) => {
                await assert.rejects(session.call('no-such-tool'),
                    { code: ErrorCode.InvalidParams, message: /no-such-tool/ });
                await assert.rejects(session.client.callTool({ name: 'nowhere__echo' }),
                    { code: ErrorCode.InvalidParams });
                await assert.rejects(
                    session.client.request({ method: 'bogus/method' }, EmptyResultSchema),
                    { code: ErrorCode.MethodNotFound });
            }));

        test('a changed tool list is announced', () =>
            withSession(entryPath, 'faulty', async (session) => {
                const name = `grown_over_${entryPath}`;
                await session.tools();
                await session.call('grow', { name });
                await eventually('the announcement', () => session.listChanges > 0);
                await eventually('the new tool', async () => (await session.tools())
                    .some((tool) => tool.name === session.toolName(name)));
            }));

        test('a session that was closed leaves its server to the others', async () => {
            const pids = [];
            for (let round = 0; round < 3; ++round) {
                pids.push(await withSession(entryPath, 'faulty', async (session) =>
                    (await session.json('echo', { nonce: 'pid' })).pid));
            }
            assert.equal(new Set(pids).size, 1);
        });
    });
}

for (const entryPath of entryPaths.filter(isUnified)) {
    test(`stored names of the form <server>.<tool> are accepted over ${entryPath}`, () =>
        withSession(entryPath, 'everything', async ({ client }) => {
            const { content } = await client.callTool(
                { name: 'everything.get-sum', arguments: { a: 2, b: 3 } });
            assert.match(content[0].text, /is 5\./);
        }));
}
