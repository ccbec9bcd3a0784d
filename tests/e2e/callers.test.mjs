// Who called and how long it took, as the rows of calls tell, on every path.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { after, before, test } from 'node:test';
import { connect, entryPaths } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

/** Rows are timed by the clock of the day, which may run a little slower or faster than ours. */
const clockSkewMs = 2;

const workspace = new Workspace();
let orchestrator;
let key;
let keyId;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { faulty: faulty() },
        env: { MCP_ORCH_SERVER_TRUSTED_PROXIES: '127.0.0.1,192.0.2.9' } });
    const made = (await orchestrator.api('/api/projects/default/api-keys',
        { method: 'POST', body: { name: 'callers' } })).json;
    ({ api_key: key, id: keyId } = made);
});

after(() => orchestrator?.dispose());

/** One call by `path` with these headers; its row, and how long it took here. */
async function callWith(path, { headers = {}, userAgent, tool = 'echo', args = {} }) {
    const nonce = randomUUID();
    const all = { ...args, nonce };
    const begin = performance.now();
    let took;
    if (path === 'rest') {
        await orchestrator.api(`/api/projects/default/servers/faulty/tools/${tool}/execute`,
            { method: 'POST', body: { arguments: all }, token: key,
                headers: { ...headers, 'user-agent': userAgent } });
        took = performance.now() - begin;
    } else {
        const session = await connect(orchestrator, path,
            { server: 'faulty', key, userAgent, headers, name: 'x' });
        await session.call(tool, all);
        took = performance.now() - begin;
        await session.close();
    }
    const row = await eventually('the row', async () =>
        (await log.rowsByNonce(orchestrator)).get(nonce)?.[0]);
    return { row, took };
}

for (const path of [...entryPaths, 'rest']) {
    test(`84-5: rows tell key, user agent and address of the caller: ${path}`, async () => {
        // Addresses in front of the first that no proxy of ours told are the client's own words.
        for (const [forwarded, address] of [[undefined, '127.0.0.1'],
            ['203.0.113.7', '203.0.113.7'], ['1.2.3.4, 203.0.113.7', '203.0.113.7'],
            ['1.2.3.4, 203.0.113.7, 192.0.2.9', '203.0.113.7']]) {
            const { row } = await callWith(path, { userAgent: 'Cursor/1.0',
                headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded } });
            assert.equal(row.ip_address, address, forwarded);
            assert.equal(row.user_agent, 'Cursor/1.0');
            assert.equal(row.principal, `key:${keyId}`);
            assert.equal(row.entry_path, path);
            assert.equal(row.session_id !== null, path !== 'rest');
        }
    });

    test(`84-7: the kind of client is told from its user agent: ${path}`, async () => {
        for (const [userAgent, type] of [['Cursor/1.0', 'cursor'], ['Cline/3.2', 'cline'],
            ['Visual Studio Code/1.99', 'vscode'], ['Roo-Code/1', 'roo'], ['else/1', 'unknown']]) {
            assert.equal((await callWith(path, { userAgent })).row.client_type, type, userAgent);
        }
    });

    test(`84-2: a call of 300 ms is told as one: ${path}`, async () => {
        const { row, took } = await callWith(path,
            { userAgent: 'x', tool: 'slow', args: { ms: 300 } });
        assert.ok(row.duration_ms >= 300 - clockSkewMs && row.duration_ms <= took + clockSkewMs,
            `${row.duration_ms} ms in the row, ${took} ms here`);
        assert.ok(Math.abs(row.execution_time - row.duration_ms / 1000) < 0.001);
        const { received, authorised, queued, sent, answered, finished } = row.times;
        const order = [received, authorised, queued, sent, answered, finished].map(Date.parse);
        assert.deepEqual(order, [...order].sort((one, other) => one - other));
        assert.ok(order[4] - order[3] >= 300 - clockSkewMs, `${sent} ${answered}`);
    });
}

test('the command line lists, shows, measures and ranks calls', async () => {
    const cli = async (...words) => {
        const done = await orchestrator.cli(['calls', ...words]);
        assert.equal(done.code, 0, done.stderr);
        return done.stdout;
    };
    const { row } = await callWith('server_http',
        { userAgent: 'x', tool: 'fail', args: { message: 'needle in the log' } });
    const table = await cli('list', '--project', 'default', '--status', 'error', 'timeout',
        '--search', 'NEEDLE', '--limit', '5');
    assert.match(table, /^WHEN\s+SERVER\s+TOOL\s+STATUS\s+MS\s+CLIENT\s+ERROR\s+ID$/m);
    assert.equal(table.trim().split('\n').length, 2);
    assert.ok(table.includes(row.id));
    const shown = JSON.parse(await cli('show', '--project', 'default', '--call', row.id, '--json'));
    assert.deepEqual(shown, row);
    const metrics = JSON.parse(await cli('metrics', '--project', 'default', '--json'));
    assert.deepEqual(metrics.total_calls, (await log.metrics(orchestrator)).total_calls);
    const top = await cli('top', '--project', 'default', '--by', 'tool', '--order', 'slowest');
    assert.match(top.split('\n')[1], /^slow\s+faulty\s+5\s+100\s+0\.3/);
    const unused = await cli('unused', '--project', 'default');
    assert.match(unused, /^faulty\s+hang$/m);
    assert.doesNotMatch(unused, /echo/);
    const wrong = await orchestrator.cli(['calls', 'list', '--project', 'default',
        '--time-range', '5m']);
    assert.equal(wrong.code, 1);
    assert.match(wrong.stderr, /time_range/);
});
