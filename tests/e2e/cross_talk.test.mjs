// Clients that cannot be told apart by their ids and tokens share one process, and none of them
// hears a word that is for another. By hand with more:
//   E2E_CROSS_TALK_ANSWERS=1000000 node --test cross_talk.test.mjs

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { connect } from './support/client.mjs';
import { crossTalk } from './support/cross_talk.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { scatter } from './support/server_definitions.mjs';

const answers = Number(process.env.E2E_CROSS_TALK_ANSWERS ?? 100_000);
const clients = 200;
const workspace = new Workspace();
let orchestrator;
let key;

before(async () => {
    // These clients keep connections, and send nothing again that a closed one took along.
    orchestrator = await Orchestrator.start(workspace, { servers: { shared: scatter() },
        env: { MCP_ORCH_HTTP_IDLE_TIMEOUT: '24h' } });
    key = await orchestrator.createKey('cross-talk');
});

after(() => orchestrator?.dispose());

test(`C3, C4: of ${answers} answers to ${clients} clients with the same ids and tokens none is `
    + 'wrong, lost or a stranger\'s', { timeout: answers * 3 + 60_000 }, async (context) => {
    const counted = await crossTalk(orchestrator, { server: 'shared', key, clients, answers });
    context.diagnostic(JSON.stringify(counted));
    const { wrong, lost, twice, refused, strayReports, examples } = counted;
    assert.deepEqual({ wrong, lost, twice, refused, strayReports },
        { wrong: 0, lost: 0, twice: 0, refused: 0, strayReports: 0 }, JSON.stringify(examples));
    assert.equal(counted.answers, answers);
    assert.equal(counted.reports, counted.expectedReports);

    // The calls did meet in one process.
    const session = await connect(orchestrator, 'server_http', { server: 'shared', key });
    const most = Number(await session.text('most_open'));
    context.diagnostic(`at most ${most} calls were open at a time`);
    assert.ok(most >= clients / 2, `${most}`);
    await session.close();
});
