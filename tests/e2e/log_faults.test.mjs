// A log that takes no rows costs nobody a call, and costs the log no row.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { connect, entryPaths } from './support/client.mjs';
import { query } from './support/database.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() } });
    key = await orchestrator.createKey('faults');
});

after(() => orchestrator?.dispose());

/** From now on each insert into `table` fails; gives back what ends that. */
async function refuseRows(table, event) {
    await query(orchestrator, `
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
            $$ BEGIN RAISE EXCEPTION 'no rows today'; END $$;
        CREATE TRIGGER refuse BEFORE ${event} ON ${table} FOR EACH ROW EXECUTE FUNCTION refuse();`);
    return () => query(orchestrator, `DROP TRIGGER refuse ON ${table}; DROP FUNCTION refuse();`);
}

const sessionOf = async (id) =>
    (await log.sessions(orchestrator)).find((session) => session.id === id);

for (const entryPath of entryPaths) {
    test(`84-9: a failing insert fails no call and loses no row: ${entryPath}`, async () => {
        const session = await connect(orchestrator, entryPath, { server: 'faulty', key });
        await log.settled(orchestrator, session);
        const [{ session_id: id }] = (await log.page(orchestrator, { page_size: 1 })).logs;
        const allow = await refuseRows('call_log', 'INSERT');
        const nonces = [1, 2, 3].map(() => randomUUID());
        for (const nonce of nonces) {
            assert.equal((await session.json('echo', { nonce })).nonce, nonce);
        }
        await eventually('the counters of the session', async () =>
            (await sessionOf(id))?.successful_calls === 4);
        await eventually('the writer telling that the database takes nothing', async () =>
            await log.counter(orchestrator, 'mcp_orch_database_up') === 0);
        const spooled = await log.counter(orchestrator, 'mcp_orch_spool_bytes');
        assert.ok(spooled > 0, `${spooled}`);
        const rows = await log.rowsByNonce(orchestrator);
        assert.ok(nonces.every((nonce) => !rows.has(nonce)), 'a row in spite of the trigger');
        await allow();
        await eventually('the rows', async () => {
            const stored = await log.rowsByNonce(orchestrator);
            return nonces.every((nonce) => stored.get(nonce)?.length === 1);
        });
        await session.close();
    });
}

test('84-9: counters of sessions that cannot be stored fail no call and lose no row', async () => {
    const allow = await refuseRows('client_sessions', 'UPDATE');
    const session = await connect(orchestrator, 'server_http', { server: 'faulty', key });
    await log.settled(orchestrator, session);
    const [{ session_id: id }] = (await log.page(orchestrator, { page_size: 1 })).logs;
    await allow();
    await eventually('the counters of the session', async () =>
        (await sessionOf(id))?.successful_calls === 1);
    await session.close();
});
