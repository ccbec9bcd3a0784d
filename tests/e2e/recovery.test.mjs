// The end of a server process costs the calls that it held, and nothing else.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, entryPaths } from './support/client.mjs';
import { eventually, within } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { alive, carrying, gone } from './support/process_tree.mjs';
import { faulty, faultyBehindShell } from './support/server_definitions.mjs';

const workspace = new Workspace();
const loopStarts = join(workspace.shared, 'loop-starts');
const shelledRole = randomUUID();
/** Long enough that no test can pass by waiting for it. */
const timeout = 600;

const servers = {
    victim: faulty([], { timeout }),
    sibling: faulty([], { timeout }),
    quitter: faulty([], { timeout }),
    looping: faulty(['--starts', loopStarts, '--exit', '3'], { timeout }),
    shelled: faultyBehindShell(['--stubborn'], { timeout, env: { E2E_ROLE: shelledRole } }),
};

let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers });
    key = await orchestrator.createKey('recovery');
});

after(() => orchestrator?.dispose());

async function openCalls(session, count) {
    await eventually(`${count} calls reaching the server`, async () =>
        (await session.json('open_calls')).open.length >= count);
}

test('U1: kill -9 of a server amid calls fails these at once, naming server and cause, and the next '
    + 'call of each session works', async () => {
    const sessions = await Promise.all(entryPaths.map((entryPath) =>
        connect(orchestrator, entryPath, { server: 'victim', key })));
    const sibling = await connect(orchestrator, 'server_sse', { server: 'sibling', key });
    try {
        const { pid } = await sessions[0].json('echo', { nonce: 'pid' });
        const unaffected = sibling.call('slow', { nonce: 'sibling', ms: 300 });
        const nonces = sessions.flatMap(() => [randomUUID(), randomUUID()]);
        const failures = nonces.map((nonce, index) =>
            sessions[index % sessions.length].call('hang', { nonce })
                .then(() => assert.fail('answered by a dead server'), (error) => error));
        await openCalls(sessions[0], nonces.length);

        process.kill(pid, 'SIGKILL');
        for (const error of await within('the failure of the open calls', Promise.all(failures))) {
            assert.match(error.message, /victim/);
            assert.match(error.message, /SIGKILL|signal 9|Killed/i);
        }
        await unaffected;

        const successors = await Promise.all(sessions.map((session) =>
            session.json('echo', { nonce: 'again' })));
        assert.equal(new Set(successors.map((answer) => answer.pid)).size, 1);
        assert.notEqual(successors[0].pid, pid);

        await log.settled(orchestrator, sibling);
        const rows = await log.rowsByNonce(orchestrator, { tool_name: 'hang' });
        for (const nonce of nonces) {
            assert.deepEqual(rows.get(nonce)?.map(({ status, error_code: code }) => [status, code]),
                [['error', 'NO_RESPONSE']]);
        }
    } finally {
        await Promise.all([...sessions, sibling].map((session) => session.close()));
    }
});

test('a server that ends by itself is named with its exit code', async () => {
    const session = await connect(orchestrator, 'unified_http', { server: 'quitter', key });
    await assert.rejects(session.call('crash', { code: 42 }),
        { message: /quitter.*42/s });
    assert.equal((await session.json('echo', { nonce: 'back' })).nonce, 'back');
    await assert.rejects(session.call('crash', { signal: 'SIGSEGV' }),
        { message: /quitter.*(SIGSEGV|signal 11)/s });
    await session.close();
});

test('a server that ends at each start fails by name and is left alone', async () => {
    const looping = await connect(orchestrator, 'server_http', { server: 'looping', key });
    const sibling = await connect(orchestrator, 'unified_sse', { server: 'sibling', key });
    const starts = () => readFileSync(loopStarts, 'utf8').trim().split('\n').length;

    const error = await looping.call('echo', { nonce: 'never' }).catch((failure) => failure);
    assert.match(error.message, /looping/);
    assert.equal((await sibling.json('echo', { nonce: 'sibling' })).nonce, 'sibling');

    const status = await eventually('the failed state', async () => {
        await looping.call('echo', { nonce: 'never' }).catch(() => {});
        const shown = await orchestrator.server('looping');
        return ['error', 'failed'].includes(shown.status) && shown;
    });
    assert.match(status.last_error, /3/);
    for (let attempt = 0; attempt < 20; ++attempt) {
        await looping.call('echo', { nonce: 'never' }).catch(() => {});
    }
    assert.ok(starts() <= 7, `${starts()} starts within seconds`);
    assert.ok((await sibling.tools()).some((tool) => tool.name === 'sibling__echo'));
    await Promise.all([looping.close(), sibling.close()]);
});

test('U1: nothing survives a server, be it behind a shell, detached or deaf to SIGTERM', async () => {
    const session = await connect(orchestrator, 'server_http', { server: 'shelled', key });
    const { pid } = await session.json('echo', { nonce: 'pid' });
    const { pid: daemon } = await session.json('daemon');
    const family = carrying('E2E_ROLE', shelledRole);
    assert.ok([pid, daemon].every((one) => family.some((process) => process.pid === one)));
    assert.ok(family.some((process) => process.cmdline[0].endsWith('sh')));

    const shell = family.find((process) => process.cmdline[0].endsWith('sh'));
    process.kill(shell.pid, 'SIGKILL');
    await gone(family);
    assert.equal((await session.json('echo', { nonce: 'again' })).nonce, 'again');
    await session.close();
});

test('SIGTERM ends everything with exit code 0, open calls included', async () => {
    const session = await connect(orchestrator, 'server_http', { server: 'victim', key });
    const shelled = await connect(orchestrator, 'server_sse', { server: 'shelled', key });
    const unanswered = session.call('hang', { nonce: randomUUID() })
        .then(() => 'answered', (error) => error);
    await openCalls(session, 1);
    await shelled.json('daemon');
    const family = workspace.serverProcesses;
    assert.ok(family.length >= 4);

    const { code, signal } = await orchestrator.stop('SIGTERM');
    assert.deepEqual([code, signal], [0, null]);
    assert.ok(!family.some(alive), 'exit came before the end of the servers');
    assert.ok((await within('the open call failing', unanswered)) instanceof Error);
    assert.deepEqual(orchestrator.strayLines, []);
});
