// Streamable HTTP sessions whose clients are gone end, whether or not a stream seems open.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Bystander } from './support/bystander.mjs';
import { eventually, within } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { callRequest, RawHttpSession, request } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() }, env: {
        MCP_ORCH_SESSIONS_IDLE_TIMEOUT: '1s', MCP_ORCH_SESSIONS_LISTENING_TIMEOUT: '2s' } });
    key = await orchestrator.createKey('idle');
});

after(() => orchestrator?.dispose());

test('F8: a session that nobody uses ends, with an open stream or without', async () => {
    const bystander = await Bystander.connect(orchestrator, 'server_sse', { server: 'faulty', key });
    const silent = await RawHttpSession.open(orchestrator, 'faulty', key);
    const listening = await RawHttpSession.open(orchestrator, 'faulty', key);
    const calling = await RawHttpSession.open(orchestrator, 'faulty', key);
    const reader = await listening.listen();
    const call = calling.stream(callRequest(1, 'hang', { nonce: 'endless' }, 'p'));
    assert.equal(await within('the end of the stream', reader.ended), 'finished');
    await eventually('the end of both sessions', async () => {
        const rows = await log.sessions(orchestrator, { state: 'live' });
        return rows.length === 2;
    });
    for (const session of [silent, listening]) {
        assert.equal((await session.post(request(1, 'ping'))).status, 404);
        assert.equal((await session.listen()).status, 404);
    }
    // Neither a call that is open nor HTTP+SSE is idleness.
    assert.deepEqual((await calling.post(request(2, 'ping'))).messages[0].result, {});
    await bystander.assertUnharmed();
    await bystander.close();
    assert.equal((await calling.send('DELETE')).status, 200);
    await call;
});
