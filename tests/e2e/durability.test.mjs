// What a client was told is in the log, whoever is killed.

import assert from 'node:assert/strict';
import { after, afterEach, beforeEach, test } from 'node:test';
import { connect, entryPaths } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Load } from './support/load.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace, ioThreads, run } from './support/orchestrator.mjs';
import { alive, descendants, gone } from './support/process_tree.mjs';
import { faulty, faultyBehindShell } from './support/server_definitions.mjs';

const workspace = new Workspace();
const servers = {
    plain: faulty(),
    shelled: faultyBehindShell(['--stubborn']),
};

let orchestrator;
let key;
/** Every answered call of this file: one data directory takes them all. */
const journal = new Set();
const attempted = new Set();

beforeEach(async () => {
    const fresh = key === undefined;
    // Later starts take the servers and keys from the data directory.
    orchestrator = await Orchestrator.start(workspace, fresh ? { servers } : {});
    key ??= await orchestrator.createKey('durability');
});

afterEach(async () => {
    if (orchestrator.running) {
        await orchestrator.stop();
    }
});

after(() => orchestrator?.dispose());

const openSessions = () => Promise.all(entryPaths.flatMap((entryPath) =>
    ['plain', 'shelled'].map((server) => connect(orchestrator, entryPath, { server, key }))));

async function closeAll(sessions) {
    await Promise.all(sessions.map((session) => session.client.close().catch(() => {})));
}

function remember(load) {
    load.answered.forEach((nonce) => journal.add(nonce));
    load.attempted.forEach((nonce) => attempted.add(nonce));
}

/** Each answered call has exactly one row that says success; no other row was invented. */
async function compareWithJournal() {
    const logged = await eventually('the rows of all answered calls', async () => {
        // Backends outlive a killed postmaster for a moment: an answer now and none a moment later.
        const rows = await log.rowsByNonce(orchestrator, { tool_name: 'echo' })
            .catch((error) => {
                assert.equal(error.status, 503);
                return new Map();
            });
        const missing = [...journal].filter((nonce) => !rows.has(nonce));
        return missing.length === 0 && rows;
    });
    for (const [nonce, rows] of logged) {
        if (attempted.has(nonce)) {
            assert.equal(rows.length, 1, `${rows.length} rows of ${nonce}`);
        }
    }
    for (const nonce of journal) {
        assert.equal(logged.get(nonce)[0].status, 'success');
    }
}

test('kill -9 under load loses no answered call and leaves no process', async () => {
    const sessions = await openSessions();
    await sessions.find((session) => session.server === 'shelled').json('daemon');
    const load = new Load(sessions);
    await load.reach(500);
    const { serverProcesses } = workspace;
    const family = [...descendants(orchestrator.pid), ...serverProcesses];
    assert.ok(serverProcesses.length >= 4);

    await orchestrator.kill();
    await closeAll(sessions);
    await load.stop();
    remember(load);
    await gone(serverProcesses);

    orchestrator = await Orchestrator.start(workspace);
    await compareWithJournal();
    const inherited = descendants(orchestrator.pid).map((process) => process.pid);
    const orphans = family.filter((process) => alive(process)
        && !inherited.includes(process.pid));
    assert.deepEqual(orphans, []);
});

test('SIGTERM under load loses no answered call', async () => {
    const sessions = await openSessions();
    const load = new Load(sessions);
    await load.reach(300);
    const family = descendants(orchestrator.pid);
    const { code } = await orchestrator.stop('SIGTERM');
    assert.equal(code, 0);
    await closeAll(sessions);
    await load.stop();
    remember(load);
    assert.ok(!family.some(alive));

    orchestrator = await Orchestrator.start(workspace);
    await compareWithJournal();
});

test('kill -9 of the private PostgreSQL under load fails no call and loses no row', async () => {
    const sessions = await openSessions();
    const load = new Load(sessions);
    await load.reach(200);
    const all = descendants(orchestrator.pid);
    const postmaster = all.find((process) => /postgres/.test(process.cmdline[0])
        && process.cmdline.some((part) => part.startsWith('-D')));
    assert.ok(postmaster, 'no private PostgreSQL among the descendants');

    process.kill(postmaster.pid, 'SIGKILL');
    await gone([postmaster]);
    await load.reach(500);
    assert.deepEqual(load.failures, []);
    const health = await orchestrator.api('/livez', { token: null });
    assert.equal(health.status, 200);
    await load.stop();
    remember(load);

    await compareWithJournal();
    await Promise.all(sessions.map((session) => session.close()));
});

test('a second start on the same data directory is refused by name of the lock', async () => {
    const second = await run(['serve', '--data-dir', workspace.dataDir, '--listen', '127.0.0.1:0',
        '--io-threads', ioThreads, '--log-format', 'json']);
    assert.notEqual(second.code, 0);
    assert.match(second.stderr, /lock/i);
    assert.ok(second.stderr.includes(workspace.dataDir));

    const session = await connect(orchestrator, 'server_http', { server: 'plain', key });
    assert.equal((await session.json('echo', { nonce: 'still' })).nonce, 'still');
    await session.close();
});
