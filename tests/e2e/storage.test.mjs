// What the records take on disk is told, and how long they are kept can be changed.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const today = () => new Date().toISOString().slice(0, 10);

let orchestrator;
let session;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { one: faulty() },
        env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    session = await connect(orchestrator, 'server_http',
        { server: 'one', key: await orchestrator.createKey('storage') });
});

after(() => orchestrator?.dispose());

const stored = async () => {
    const { status, json, text } = await orchestrator.api('/api/admin/storage');
    assert.equal(status, 200, text);
    return json;
};
const callsOf = ({ kinds }, days) => kinds.find((one) =>
    one.kind === 'calls' && one.retention_days === days);
const keep = (retention_days) => orchestrator.api('/api/projects/default',
    { method: 'PUT', body: { retention_days } });

test('every kind of records is told, with the whole', async () => {
    const { kinds, database_bytes, spool_bytes_max } = await stored();
    assert.deepEqual(kinds.map(({ kind, retention_days }) => [kind, retention_days]),
        [['calls', 7], ['calls', 30], ['calls', 90], ['calls', 365], ['server_log', null],
            ['sessions', null], ['activities', null], ['usage', null], ['spool', null]]);
    const sum = kinds.filter(({ kind }) => kind !== 'spool')
        .reduce((total, { bytes }) => total + bytes, 0);
    assert.ok(sum > 0 && sum < database_bytes, `${sum} of ${database_bytes}`);
    assert.ok(spool_bytes_max > 0);
});

test('calls are kept as the project says when they are made', async () => {
    for (const [changes, days] of [[null, 30], [90, 90], [7, 7]]) {
        if (changes !== null) {
            const { status, json } = await keep(changes);
            assert.deepEqual([status, json.retention_days], [200, days]);
        }
        assert.equal(callsOf(await stored(), days).days, 0);
        await session.call('size', { bytes: 50_000 });
        const kept = await eventually('the call being stored', async () => {
            const now = callsOf(await stored(), days);
            return now.oldest !== null && now;
        });
        assert.ok(kept.days >= 1 && kept.bytes > 0);
        assert.ok(Math.abs(Date.parse(kept.oldest) - Date.now()) < 60_000, kept.oldest);
    }
    assert.ok(callsOf(await stored(), 30).days >= 1);
    assert.equal((await stored()).kinds.find(({ kind }) => kind === 'usage').oldest?.slice(0, 10),
        today());
});

test('only the four lengths of time are taken', async () => {
    for (const wrong of [0, -7, 8, 366, 1e9, '30', null, 7.5]) {
        const { status, text } = await keep(wrong);
        assert.equal(status, 400, `${wrong}: ${text}`);
        assert.match(text, /retention_days/);
    }
    assert.equal((await orchestrator.api('/api/projects/default')).json.retention_days, 7);
});

test('administrators alone are told, also from a shell', async () => {
    const password = 'a quiet harbour at dusk';
    const member = new Browser(orchestrator);
    await member.post('/api/users/signup', { name: 'm', email: 'm@example.org', password });
    assert.equal((await member.logIn('m@example.org', password)).status, 200);
    assert.equal((await member.get('/api/admin/storage')).status, 403);
    assert.equal((await orchestrator.api('/api/admin/storage', { token: null })).status, 401);
    const { code, stdout, stderr } = await orchestrator.cli(['storage']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^RECORDS\s+KEPT DAYS\s+BYTES\s+DAYS\s+OLDEST$/m);
    assert.match(stdout, /^calls\s+7\s+\d+\s+\d+\s+20/m);
});
