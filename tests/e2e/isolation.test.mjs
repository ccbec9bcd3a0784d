// Sessions that use the same ids at the same time never see each other's answers.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { connect, entryPaths } from './support/client.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { descendants, runs } from './support/process_tree.mjs';
import { callRequest, RawHttpSession } from './support/raw_session.mjs';
import { faulty, faultyScript } from './support/server_definitions.mjs';

const sessionsPerEntryPath = 10;
const callsPerSession = 60;

const workspace = new Workspace();
const starts = join(workspace.shared, 'starts');
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { faulty: faulty(['--starts', starts]) } });
    key = await orchestrator.createKey('isolation');
});

after(() => orchestrator?.dispose());

/** Calls with nonces of this session only; gives back what was not its own. */
async function exchange(session, pids) {
    const crossings = [];
    const waves = 6;
    for (let wave = 0; wave < waves; ++wave) {
        await Promise.all(Array.from({ length: callsPerSession / waves }, async (_, index) => {
            const nonce = randomUUID();
            // Slow calls let answers overtake each other.
            const answer = index % 3 === 0
                ? await session.json('slow', { nonce, ms: (index * 7) % 20 })
                : await session.json('echo', { nonce });
            if (answer.nonce !== nonce) {
                crossings.push([nonce, answer.nonce]);
            }
            if (answer.pid !== undefined) {
                pids.add(answer.pid);
            }
        }));
    }
    return crossings;
}

test('forty parallel sessions on all ways in share one process and cross no answer', async () => {
    const sessions = await Promise.all(entryPaths.flatMap((entryPath) =>
        Array.from({ length: sessionsPerEntryPath }, () =>
            connect(orchestrator, entryPath, { server: 'faulty', key }))));
    try {
        const pids = new Set();
        const crossings = await Promise.all(sessions.map((session) => exchange(session, pids)));
        const total = sessions.length * callsPerSession;
        assert.ok(total >= 2000);
        assert.deepEqual(crossings.flat(), []);
        assert.deepEqual(sessions.flatMap((session) => session.errors), []);

        const ids = await sessions[0].json('seen_ids');
        assert.ok(ids.length >= total, `${ids.length} of ${total} calls reached the server`);
        assert.equal(new Set(ids).size, ids.length, 'an id was used twice towards the server');

        assert.equal(pids.size, 1);
        assert.deepEqual(readFileSync(starts, 'utf8').trim().split('\n'), [`${[...pids][0]}`]);
        const live = descendants(orchestrator.pid).filter((child) =>
            child.cmdline.includes(faultyScript) && runs(child, process.execPath));
        assert.deepEqual(live.map((child) => child.pid), [...pids]);
    } finally {
        await Promise.all(sessions.map((session) => session.close()));
    }
});

test('C3: ids keep their type, even when a number and a string look alike', async () => {
    const sessions = await Promise.all([0, 1].map(() =>
        RawHttpSession.open(orchestrator, 'faulty', key)));
    const ids = [7, '7', 0, '', 'ä"\\\u2028', Number.MAX_SAFE_INTEGER, -3];
    await Promise.all(sessions.flatMap((session) => ids.map(async (id) => {
        const nonce = randomUUID();
        const { messages } = await session.post(callRequest(id, 'slow', { nonce, ms: 15 }));
        const answer = messages.find((message) => message.result !== undefined);
        assert.strictEqual(answer?.id, id);
        assert.equal(JSON.parse(answer.result.content[0].text).nonce, nonce);
    })));
});

test('answers that a server makes up reach nobody', async () => {
    const sessions = await Promise.all(entryPaths.map((entryPath) =>
        connect(orchestrator, entryPath, { server: 'faulty', key })));
    try {
        await Promise.all(sessions.flatMap((session) => Array.from({ length: 20 }, async () => {
            const nonce = randomUUID();
            const tool = Math.random() < 0.5 ? 'strange_ids' : 'echo';
            assert.equal((await session.json(tool, { nonce })).nonce, nonce);
        })));
        assert.deepEqual(sessions.flatMap((session) => session.errors), []);
    } finally {
        await Promise.all(sessions.map((session) => session.close()));
    }
});
