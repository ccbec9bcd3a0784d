// The keys that encrypt secrets: rotation, keys that are given, and a start without the right one.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { connect } from './support/client.mjs';
import { query } from './support/database.mjs';
import { Orchestrator, Workspace, run } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const keyFile = join(workspace.dataDir, 'master-key');
const given = { MCP_ORCH_SECURITY_MASTER_KEY: randomBytes(32).toString('hex') };

let orchestrator;

after(() => orchestrator?.dispose());

const state = async () => (await orchestrator.api('/api/admin/secrets')).json;
/** What the server sees of its variable: it runs only when that could be decrypted. */
const seen = async () => {
    const key = await orchestrator.createKey(`reader ${Date.now()}`);
    const session = await connect(orchestrator, 'server_http', { server: 'one', key });
    const { API_TOKEN } = await session.json('environment');
    await session.close();
    return API_TOKEN;
};

test('a rotation encrypts everything anew and forgets the old key', async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { one: faulty([], { env: { API_TOKEN: 'canary' } }) } });
    const before = await state();
    assert.equal(before.source, 'file');
    assert.deepEqual(before.sealed_values, { [before.key_ids[0]]: 2 });
    const file = readFileSync(keyFile, 'utf8');
    const sealed = await query(orchestrator, "SELECT encode(env_sealed, 'hex') FROM servers;");

    const rotated = await orchestrator.cli(['secrets', 'rotate', '--json']);
    assert.equal(rotated.code, 0, rotated.stderr);
    const now = JSON.parse(rotated.stdout);
    assert.equal(now.key_ids.length, 1);
    assert.notEqual(now.key_ids[0], before.key_ids[0]);
    assert.deepEqual(now.sealed_values, { [now.key_ids[0]]: 2 });
    assert.deepEqual(await state(), now);
    assert.notEqual(readFileSync(keyFile, 'utf8'), file);
    assert.notDeepEqual(
        await query(orchestrator, "SELECT encode(env_sealed, 'hex') FROM servers;"), sealed);
    assert.equal(await seen(), 'canary');
    const { activities: [newest] } = (await orchestrator.api('/api/activities')).json;
    const told = (await orchestrator.api('/api/activities?action_filter=secrets_rotated')).json;
    assert.deepEqual(told.activities[0].changes.key_id,
        { from: before.key_ids[0], to: now.key_ids[0] });
    assert.ok(newest);

    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace);
    assert.equal(await seen(), 'canary');
});

test('a start with another key file stops, says which, and changes nothing', async () => {
    await orchestrator.stop();
    const right = readFileSync(keyFile, 'utf8');
    writeFileSync(keyFile, `mcp-orch-key-1 ${randomBytes(32).toString('hex')}\n`);
    const refused = await run(['serve', '--data-dir', workspace.dataDir,
        '--listen', '127.0.0.1:0'], { limitMs: 60_000 });
    assert.notEqual(refused.code, 0);
    assert.match(refused.stderr, /secrets of server 'one' cannot be opened/);
    assert.match(refused.stderr, /sealed with key [0-9a-f]{8}, the master key here is [0-9a-f]{8}/);
    writeFileSync(keyFile, right);
    orchestrator = await Orchestrator.start(workspace);
    assert.equal(await seen(), 'canary');
});

test('a key that is given takes over from the file, and is never made here', async () => {
    await orchestrator.stop();
    const old = readFileSync(keyFile, 'utf8').trim().split(' ')[1];
    const first = given.MCP_ORCH_SECURITY_MASTER_KEY;
    orchestrator = await Orchestrator.start(workspace,
        { env: { MCP_ORCH_SECURITY_MASTER_KEY: `${first},${old}` } });
    assert.equal((await state()).source, 'setting');
    assert.equal((await state()).key_ids.length, 2);
    assert.equal(await seen(), 'canary');
    const rotated = await orchestrator.cli(['secrets', 'rotate', '--json']);
    assert.equal(rotated.code, 0, rotated.stderr);
    const { key_ids, sealed_values } = JSON.parse(rotated.stdout);
    assert.deepEqual(sealed_values, { [key_ids[0]]: 2 });
    await orchestrator.stop();
    orchestrator = await Orchestrator.start(workspace, { env: given });
    assert.equal((await state()).key_ids.length, 1);
    assert.equal(await seen(), 'canary');
    assert.ok(!orchestrator.transcript().includes(first));
});
