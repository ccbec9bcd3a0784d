// What was used day by day is what clients did, whatever way they took, and stays told when they and
// their keys are gone.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect, entryPaths } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const none = { total_calls: 0, successful_calls: 0, error_calls: 0, timeout_calls: 0,
    cancelled_calls: 0 };

let orchestrator;
let owner;
const keys = {};
/** By name of the key or account: what was counted here. */
const made = { first: { ...none }, second: { ...none }, owner: { ...none } };

const today = () => new Date().toISOString().slice(0, 10);
const daysAgo = (count) => new Date(Date.now() - count * 86_400_000).toISOString().slice(0, 10);
const usage = async (query = '', who = owner) => {
    const { status, json, text } = await who.get(`/api/projects/shop/usage${query}`);
    assert.equal(status, 200, text);
    return json;
};
const countsOf = (row) => Object.fromEntries(Object.keys(none).map((name) => [name, row[name]]));
const sum = (all) => all.reduce((total, one) => Object.fromEntries(Object.keys(none)
    .map((name) => [name, total[name] + one[name]])), none);
const madeByAll = () => sum(Object.values(made));

function count(name, status) {
    made[name].total_calls += 1;
    made[name][`${status === 'success' ? 'successful' : status}_calls`] += 1;
}

/** Waits until every call that was counted is counted there too. */
const settled = () => eventually('all calls being counted', async () =>
    (await usage()).total.total_calls === madeByAll().total_calls);

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    owner = new Browser(orchestrator);
    await owner.post('/api/users/signup', { name: 'owner', email: 'owner@example.org', password });
    assert.equal((await owner.logIn('owner@example.org', password)).status, 200);
    for (const project of ['shop', 'quiet']) {
        assert.equal((await owner.post('/api/projects', { name: project })).status, 201);
    }
    const { command, args, env } = faulty([]);
    for (const [name, timeout] of [['steady', 60], ['hasty', 1]]) {
        const answer = await owner.post('/api/projects/shop/servers', { name, command, args, timeout,
            env: { ...env, E2E_MARK: workspace.mark } });
        assert.equal(answer.status, 201, answer.text);
    }
    for (const name of ['first', 'second']) {
        keys[name] = (await owner.post('/api/projects/shop/api-keys', { name })).json;
    }
});

after(() => orchestrator?.dispose());

for (const entryPath of entryPaths) {
    test(`calls over ${entryPath} are counted by key and by how they ended`, async () => {
        for (const name of ['first', 'second']) {
            const open = (server) => connect(orchestrator, entryPath, { server,
                key: keys[name].api_key, url: entryPath.startsWith('unified')
                    ? `/projects/shop/unified/${entryPath.endsWith('sse') ? 'sse' : 'mcp'}`
                    : `/projects/shop/servers/${server}/${entryPath.endsWith('sse')
                        ? 'sse' : 'mcp'}` });
            const steady = await open('steady');
            await steady.call('echo', { text: 'x' });
            count(name, 'success');
            assert.equal((await steady.call('fail', {})).isError, true);
            count(name, 'error');
            if (name === 'first') {
                const hasty = await open('hasty');
                await assert.rejects(hasty.call('hang', {}));
                count(name, 'timeout');
                await hasty.close();
                const withdrawal = new AbortController();
                const rejected = assert.rejects(
                    steady.call('hang', { nonce: entryPath }, { signal: withdrawal.signal }));
                await eventually('the call reaching the server', async () => {
                    count(name, 'success');
                    return (await steady.json('open_calls')).open.includes(entryPath);
                });
                withdrawal.abort();
                await rejected;
                count(name, 'cancelled');
            }
            await steady.close();
        }
        await settled();
    });
}

test('calls over REST are put down to the account', async () => {
    const run = '/api/projects/shop/servers/steady/tools/echo/execute';
    assert.equal((await owner.post(run, { arguments: { text: 'x' } })).status, 200);
    count('owner', 'success');
    await settled();
});

test('days, keys and users add up to what clients counted', async () => {
    const byDay = await usage();
    assert.equal(byDay.group_by, 'day');
    assert.equal(byDay.rows.length, 30);
    assert.deepEqual(countsOf(byDay.total), madeByAll());
    assert.deepEqual(sum(byDay.rows), madeByAll());
    assert.deepEqual(sum(byDay.rows.slice(0, -2)), none);
    assert.ok([today(), daysAgo(1)].includes(byDay.rows.at(-1).value));

    const byKey = await usage('?group_by=key');
    assert.deepEqual(Object.fromEntries(byKey.rows.map((row) => [row.name, countsOf(row)])),
        { first: made.first, second: made.second });
    assert.equal(byKey.rows[0].value, `key:${keys.first.id}`);
    assert.equal(byKey.has_more, false);

    const byUser = await usage('?group_by=user');
    assert.deepEqual(byUser.rows.map((row) => [row.name, countsOf(row)]), [['owner', madeByAll()]]);
    const byPrincipal = await usage('?group_by=principal');
    assert.deepEqual(byPrincipal.rows.map(({ name }) => name), ['first', 'second', 'owner']);
});

test('bytes are those of arguments and results as they were sent', async () => {
    const before = (await usage('?group_by=key')).rows.find(({ name }) => name === 'second');
    const session = await connect(orchestrator, 'server_http', { server: 'steady',
        url: '/projects/shop/servers/steady/mcp', key: keys.second.api_key });
    await session.call('echo', { text: 'y'.repeat(200_000) });
    await session.call('size', { bytes: 300_000 });
    count('second', 'success');
    count('second', 'success');
    await settled();
    await session.close();
    const now = (await usage('?group_by=key')).rows.find(({ name }) => name === 'second');
    for (const [field, least] of [['argument_bytes', 200_000], ['result_bytes', 300_000]]) {
        const grown = now[field] - before[field];
        assert.ok(grown >= least && grown < least + 1_000, `${field}: ${grown}`);
    }
});

test('a range holds its days and no others', async () => {
    const past = await usage(`?from=${daysAgo(40)}&to=${daysAgo(2)}`);
    assert.equal(past.rows.length, 39);
    assert.deepEqual(countsOf(past.total), none);
    const now = await usage(`?from=${daysAgo(1)}&to=${today()}&group_by=key`);
    assert.equal(now.rows.length, 2);
    assert.equal((await usage(`?from=${daysAgo(399)}&to=${today()}`)).rows.length, 400);
    const quiet = (await owner.get('/api/projects/quiet/usage?group_by=key')).json;
    assert.deepEqual([quiet.rows, countsOf(quiet.total)], [[], none]);
});

test('what is no range or group is refused, with the name of the parameter', async () => {
    for (const [query, field] of [['from=yesterday', 'from'], ['to=2026-02-30', 'to'],
        [`from=${today()}&to=${daysAgo(1)}`, 'from'], [`from=${daysAgo(400)}`, 'from'],
        ['from=2026-01-01T00:00:00Z', 'from'], ['group_by=tool', 'group_by'],
        ['group_by=project', 'group_by'], ['group_by=', 'group_by'], ['since=2026-01-01', 'since']]) {
        const { status, text } = await owner.get(`/api/projects/shop/usage?${query}`);
        assert.equal(status, 400, `${query}: ${text}`);
        assert.match(text, new RegExp(field), query);
    }
    const { status } = await orchestrator.api('/api/admin/usage?project_id=nowhere');
    assert.equal(status, 400);
});

test('only members and keys of the project are told', async () => {
    const stranger = new Browser(orchestrator);
    await stranger.post('/api/users/signup', { name: 's', email: 's@example.org', password });
    assert.equal((await stranger.logIn('s@example.org', password)).status, 200);
    const foreign = await stranger.get('/api/projects/shop/usage');
    const unknown = await stranger.get('/api/projects/nowhere/usage');
    assert.equal(foreign.status, 404);
    assert.equal(foreign.text, unknown.text);
    const token = keys.first.api_key;
    assert.equal((await orchestrator.api('/api/projects/quiet/usage', { token })).status, 404);
    assert.equal((await orchestrator.api('/api/projects/shop/usage', { token })).status, 200);
    assert.equal((await orchestrator.api('/api/projects/shop/usage', { token: null })).status, 401);
    assert.equal((await owner.get('/api/admin/usage')).status, 403);
});

test('administrators see all projects, by REST and from a shell', async () => {
    const { json } = await orchestrator.api('/api/admin/usage');
    assert.equal(json.group_by, 'project');
    assert.deepEqual(json.rows.map((row) => [row.name, countsOf(row)]), [['shop', madeByAll()]]);
    const { code, stdout, stderr } = await orchestrator.cli(['usage', '--project', 'shop', '--by',
        'key']);
    assert.equal(code, 0, stderr);
    assert.match(stdout, /^WHAT\s+NAME\s+CALLS\s+OK\s+ERRORS/m);
    assert.match(stdout, new RegExp(`first\\s+${made.first.total_calls}\\s`));
    assert.match((await orchestrator.cli(['usage'])).stdout,
        new RegExp(`shop\\s+${madeByAll().total_calls}\\s`));
    assert.equal((await orchestrator.cli(['usage', '--from', 'never'])).code, 1);
});

test('a kill counts nothing twice: what is stored already comes again from the spool', async () => {
    await orchestrator.kill();
    orchestrator = await Orchestrator.start(workspace);
    owner = new Browser(orchestrator);
    assert.equal((await owner.logIn('owner@example.org', password)).status, 200);
    await orchestrator.event('the spool being read',
        ({ message }) => /^[1-9]\d* records of an earlier run were stored/.test(message));
    assert.deepEqual(countsOf((await usage()).total), madeByAll());
});

test('what was used outlives key and project', async () => {
    const { id } = (await owner.get('/api/projects/shop')).json;
    assert.equal((await owner.delete(`/api/projects/shop/api-keys/${keys.first.id}`)).status, 200);
    const byKey = await usage('?group_by=key');
    assert.deepEqual([byKey.rows[0].name, countsOf(byKey.rows[0])], [null, made.first]);
    assert.deepEqual((await usage('?group_by=user')).rows.map(({ name }) => name), ['owner']);
    assert.equal((await owner.delete('/api/projects/shop')).status, 200);
    const { json } = await orchestrator.api(`/api/admin/usage?project_id=${id}`);
    assert.deepEqual(countsOf(json.total), madeByAll());
});
