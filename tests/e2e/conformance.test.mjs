// The published conformance suite against both sides of the orchestrator: the endpoint of one
// server, behind which the suite's fixture runs, and clients that reach the suite's own servers
// through it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as conformance from './support/conformance.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { conformanceFixture } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;

before(async () => {
    // Each answer comes as a stream, so that the suite's polling has one to come back to.
    orchestrator = await Orchestrator.start(workspace, {
        servers: { fixture: conformanceFixture() }, args: ['--auth', 'none'],
        env: { MCP_ORCH_SESSIONS_STREAM_AFTER: '0ms' } });
    // The fixture asks its clients, and looks first whether they can be asked.
    const { status, text } = await orchestrator.api('/api/projects/default/servers/fixture',
        { method: 'PUT', body: { process_policy: 'per-session' } });
    assert.equal(status, 200, text);
});

after(() => orchestrator?.dispose());

/** Fails with what the suite holds against it; says how many scenarios passed. */
function judge(context, what, { output, scenarios }, least) {
    const excused = conformance.notScored(output);
    const counted = [...scenarios].filter(([name]) => !excused.includes(name));
    const failed = counted.filter(([, { passed }]) => !passed);
    context.diagnostic(`${what}: ${counted.length - failed.length}/${counted.length}`);
    for (const name of excused.filter((each) => !scenarios.get(each)?.passed)) {
        context.diagnostic(`not counted, and not passed: ${name}`);
    }
    assert.ok(counted.length >= least, `only ${counted.length} scenarios ran:\n${output}`);
    assert.deepEqual(failed.map(([name, { failures }]) => [name, ...failures]), []);
}

describe('as a server', () => {
    const suites = [
        ['required in 2025-11-25', ['--requirements', '2025-11-25'], 30],
        ['the life of a session in 2025-11-25', ['--scenario', 'server-session-lifecycle'], 1],
        ['polling of streams in 2025-11-25', ['--scenario', 'server-sse-polling'], 1],
        ['keywords of schemas in 2025-11-25', ['--scenario', 'json-schema-2020-12'], 1],
        ['all of 2025-06-18', ['--suite', 'all', '--spec-version', '2025-06-18'], 27],
    ];
    for (const [what, args, least] of suites) {
        test(what, async (context) => {
            const url = new URL('/projects/default/servers/fixture/mcp', orchestrator.url);
            judge(context, what, await conformance.run('server',
                ['--url', url.href, '--timeout', '20000', ...args]), least);
        });
    }
});

describe('as a client', () => {
    const driver = fileURLToPath(new URL('support/conformance_driver.mjs', import.meta.url));
    for (const scenario of ['initialize', 'tools_call', 'sse-retry',
        'elicitation-sep1034-client-defaults']) {
        test(scenario, async (context) => {
            const run = await conformance.run('client', [
                '--command', `${process.execPath} ${driver}`, '--scenario', scenario,
                '--timeout', '30000'], {
                // The suite's own servers are for this machine alone.
                env: {
                    NODE_OPTIONS: `--require ${fileURLToPath(
                        new URL('support/loopback.cjs', import.meta.url))}`,
                    E2E_ADMIN_URL: orchestrator.url,
                    E2E_ADMIN_TOKEN: orchestrator.adminToken,
                },
            });
            judge(context, scenario, run, 1);
        });
    }
});
