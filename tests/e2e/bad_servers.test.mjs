// Servers that misbehave are named, and cost nobody else anything.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, describe, test } from 'node:test';
import { Bystander } from './support/bystander.mjs';
import { connect, entryPaths } from './support/client.mjs';
import { eventually, within } from './support/deadline.mjs';
import { Orchestrator, Workspace, ioThreads, run } from './support/orchestrator.mjs';
import { faulty, faultyScript } from './support/server_definitions.mjs';

const workspace = new Workspace();
const startsOf = (name) => join(workspace.shared, `${name}.starts`);
const hanging = (name, flag) => faulty([flag, '--starts', startsOf(name)], { timeout: 600 });

const servers = {
    good: faulty([], { timeout: 60 }),
    noisy: faulty(['--noise']),
    missing: { command: '/nonexistent/no-such-program', args: [] },
    notexec: { command: '/etc/hostname', args: [] },
    silent: hanging('silent', '--silent'),
    listless: hanging('listless', '--hang-list'),
    bulky: faulty([], { timeout: 8 }),
};

let orchestrator;
let key;
let bystander;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers });
    key = await orchestrator.createKey('bad-servers');
    bystander = await Bystander.connect(orchestrator, 'server_sse', { server: 'good', key });
});

after(async () => {
    await bystander?.close();
    await orchestrator?.dispose();
});

afterEach(() => bystander.assertUnharmed());

async function withSession(entryPath, server, body) {
    const session = await connect(orchestrator, entryPath, { server, key });
    try {
        await body(session);
    } finally {
        await session.close();
    }
}

const startedPid = (name) => eventually(`the start of ${name}`, () => {
    try {
        return Number(readFileSync(startsOf(name), 'utf8').trim().split('\n').at(-1));
    } catch {
        return undefined;
    }
});

function residentKiB() {
    const status = readFileSync(`/proc/${orchestrator.pid}/status`, 'utf8');
    return Number(/VmRSS:\s+(\d+)/.exec(status)[1]);
}

for (const [server, reason] of [['missing', /no-such-program|No such file/i],
    ['notexec', /hostname|Permission denied/i]]) {
    test(`a server whose command is ${server} fails by name`, async () => {
        for (const entryPath of entryPaths) {
            await withSession(entryPath, server, async (session) => {
                const error = await session.call('echo').catch((failure) => failure);
                assert.ok(error instanceof Error);
                assert.match(error.message, new RegExp(server));
            });
        }
        const { status, last_error: lastError } = await orchestrator.server(server);
        assert.equal(status, 'error');
        assert.match(lastError, reason);
    });
}

test('the unified list leaves out what cannot be had and serves the rest', () =>
    withSession('unified_http', 'good', async (session) => {
        const list = session.tools();
        // Both hang until somebody ends them; the list must not outlive that.
        for (const name of ['silent', 'listless']) {
            process.kill(await startedPid(name), 'SIGKILL');
        }
        const prefixes = new Set((await within('the list', list))
            .map((tool) => tool.name.split('__')[0]));
        assert.deepEqual([...prefixes].sort(), ['bulky', 'good', 'noisy']);
    }));

for (const server of ['silent', 'listless']) {
    test(`calls to a ${server} server wait without holding up others`, () =>
        withSession('server_http', server, async (session) => {
            const previous = await startedPid(server);
            const unanswered = session.call('echo', { nonce: 'never' })
                .then(() => assert.fail('answered'), (error) => error);
            const pid = await eventually(`another start of ${server}`, async () => {
                const latest = await startedPid(server);
                return latest !== previous && latest;
            });
            for (let count = 0; count < 50; ++count) {
                await bystander.session.json('echo', { nonce: `${count}` });
            }
            process.kill(pid, 'SIGKILL');
            const error = await within('the failure of the call', unanswered);
            assert.match(error.message, new RegExp(server));
        }));
}

describe('noise on stdout', () => {
    for (const entryPath of entryPaths) {
        test(`is no message over ${entryPath}`, async () => {
            for (const server of ['noisy', 'good']) {
                await withSession(entryPath, server, async (session) => {
                    const nonces = Array.from({ length: 20 }, () => randomUUID());
                    const answers = await Promise.all(nonces.map((nonce) =>
                        session.json('noise', { nonce })));
                    assert.deepEqual(answers.map((answer) => answer.nonce), nonces);
                    assert.deepEqual(session.errors, []);
                });
            }
        });
    }
});

test('a line of 100 MB is dropped, its server goes on, memory does not grow by it', () =>
    withSession('server_http', 'good', async (session) => {
        const earlier = residentKiB();
        const [answer] = await Promise.all([
            session.json('long_line', { bytes: 100 * 1024 * 1024, nonce: 'long' }),
            bystander.session.json('slow', { nonce: 'meanwhile', ms: 1 }),
        ]);
        assert.equal(answer.nonce, 'long');
        assert.ok(residentKiB() - earlier < 64 * 1024,
            `${residentKiB() - earlier} KiB more than before`);
    }));

test('100 MB on stderr hold up nobody, memory does not grow by them', async () => {
    // Imported only now, as others would start it with their lists; it serves when all is taken.
    const file = workspace.file('shouting.json', JSON.stringify({ mcpServers: { shouting: {
        command: '/bin/sh',
        // Short lines: what piles up is less their bytes than their number.
        args: ['-c', 'yes noise | head -c 100000000 >&2; exec "$0" "$1"',
            process.execPath, faultyScript],
    } } }));
    assert.equal((await orchestrator.cli(['import', file, '--project', 'default'])).code, 0);
    const earlier = residentKiB();
    let peak = 0;
    let answers = 0;
    await withSession('server_http', 'shouting', async (session) => {
        let flooding = true;
        const answer = session.json('echo', { nonce: 'after' })
            .finally(() => { flooding = false; });
        while (flooding) {
            await bystander.assertUnharmed();
            answers += 1;
            peak = Math.max(peak, residentKiB());
        }
        assert.equal((await answer).nonce, 'after');
    });
    assert.ok(answers > 0, `${answers} answers to others meanwhile`);
    assert.ok(peak - earlier < 64 * 1024, `${peak - earlier} KiB more than before`);
});

test('an answer over the limit fails its call, one below it arrives whole', () =>
    withSession('server_http', 'bulky', async (session) => {
        assert.equal((await session.text('size', { bytes: 12 * 1024 * 1024 })).length,
            12 * 1024 * 1024);
        const { pid } = await session.json('echo', { nonce: 'pid' });
        const error = await session.call('size', { bytes: 17 * 1024 * 1024 })
            .catch((failure) => failure);
        assert.ok(error instanceof Error);
        assert.match(error.message, /bulky/);
        assert.equal((await session.json('echo', { nonce: 'pid' })).pid, pid);
    }));

describe('configuration', () => {
    test('a file that is no JSON is refused by file and line', async () => {
        const file = workspace.file('broken.json',
            '{\n  "mcpServers": {\n    "a": { "command": "x", }}\n  ???\n');
        const { code, stderr } = await orchestrator.cli(['import', file, '--project', 'default']);
        assert.notEqual(code, 0);
        assert.ok(stderr.includes(file), stderr);
        assert.match(stderr, /line \d|:\d/);
    });

    test('a bad entry is refused by name, its neighbours are imported', async () => {
        const file = workspace.file('mixed.json', JSON.stringify({ mcpServers: {
            fresh: faulty(), 'no command': {}, numeric: { command: 42 },
        } }));
        const { stdout, stderr } = await orchestrator.cli(
            ['import', file, '--project', 'default']);
        assert.match(stdout + stderr, /no command/);
        assert.match(stdout + stderr, /numeric/);
        await withSession('server_http', 'fresh', async (session) => {
            assert.equal((await session.json('echo', { nonce: 'fresh' })).nonce, 'fresh');
        });
    });

    test('a start with a broken settings file or a misspelt flag says where', async () => {
        const file = workspace.file('broken.toml', 'a = 1\n[server\nlisten = "127.0.0.1:0"\n');
        const settings = await run(['serve', '--data-dir', join(workspace.path, 'never'),
            '--io-threads', ioThreads, '--config', file]);
        assert.equal(settings.code, 4);
        assert.match(settings.stderr, /broken\.toml:2/);
        const flag = await run(['serve', '--lissten', '127.0.0.1:0']);
        assert.equal(flag.code, 2);
        assert.match(flag.stderr, /--lissten.*--listen/s);
    });
});
