// Everything comes over from the Python mcp-orch: counted, decrypted, and usable at once.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect, urlPath } from './support/client.mjs';
import { query, urlOf } from './support/database.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { makeOriginal, newFernetKey, password } from './support/original_data.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();

let orchestrator;
let original;
let report;

const migrate = async (...flags) => {
    const ended = await orchestrator.cli(['migrate-from-original', '--json', ...flags],
        { env: { DATABASE_URL: original.url, MCP_ENCRYPTION_KEY: original.fernetKey } });
    return { ...ended, json: ended.stdout === '' ? undefined : JSON.parse(ended.stdout) };
};
const admin = async (path) => (await orchestrator.api(path)).json;
const byObject = ({ objects }) => Object.fromEntries(
    objects.map(({ object, ...counts }) => [object, counts]));
const everything = async () => ({
    users: (await admin('/api/users/admin?include_inactive=true')).total,
    teams: (await admin('/api/admin/teams')).total,
    projects: (await admin('/api/admin/projects')).total,
    keys: (await admin('/api/admin/api-keys')).total,
});

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
    const runnable = faulty([]);
    original = await makeOriginal(orchestrator, runnable);
});

after(() => orchestrator?.dispose());

test('a dry run says what would come and stores nothing', async () => {
    const began = await everything();
    const { code, stderr, json } = await migrate('--dry-run');
    assert.equal(code, 0, stderr);
    assert.equal(json.dry_run, true);
    assert.deepEqual(await everything(), began);
    report = json;
});

test('every object arrives or is accounted for', async () => {
    const began = await everything();
    const { code, stderr, json } = await migrate();
    assert.equal(code, 0, stderr);
    assert.deepEqual(json.objects, report.objects);
    const counts = byObject(json);
    for (const [table, found] of Object.entries(original.counts)) {
        assert.equal(counts[table].found, found, table);
        const { added, already_here, left_out } = counts[table];
        assert.equal(added + already_here + left_out, found, table);
    }
    assert.deepEqual(counts.users, { found: 6, added: 6, already_here: 0, left_out: 0 });
    assert.deepEqual(counts.teams, { found: 3, added: 2, already_here: 0, left_out: 1 });
    assert.deepEqual(counts.team_members, { found: 6, added: 5, already_here: 0, left_out: 1 });
    assert.deepEqual(counts.projects, { found: 3, added: 3, already_here: 0, left_out: 0 });
    assert.deepEqual(counts.project_members, { found: 7, added: 6, already_here: 0, left_out: 1 });
    assert.deepEqual(counts.mcp_servers, { found: 8, added: 8, already_here: 0, left_out: 0 });
    assert.deepEqual(counts.api_keys, { found: 6, added: 6, already_here: 0, left_out: 0 });
    assert.deepEqual(counts.tool_preferences, { found: 2, added: 2, already_here: 0, left_out: 0 });
    assert.deepEqual(counts.user_favorites, { found: 1, added: 1, already_here: 0, left_out: 0 });
    const now = await everything();
    assert.deepEqual(now, { users: began.users + 6, teams: began.teams + 2,
        projects: began.projects + 3, keys: began.keys + 6 });
    for (const note of json.notes) {
        assert.doesNotMatch(JSON.stringify(note), /canary/);
    }
});

test('projects keep their ids and settings', async () => {
    const { shop, lab, twin } = original.projects;
    const detail = await admin(`/api/projects/${shop.id}`);
    assert.equal(detail.name, 'the-shop');
    assert.equal(detail.display_name, 'The Shop');
    assert.equal(detail.unified_mcp_enabled, true);
    const security = await admin(`/api/projects/${shop.id}/security`);
    assert.deepEqual(security.allowed_ip_ranges, ['127.0.0.0/8']);
    assert.equal((await admin(`/api/projects/${lab.id}/security`)).jwt_auth_required, false);
    assert.equal((await admin(`/api/projects/${twin.id}`)).name, 'lab-2');
    const members = await admin(`/api/projects/${shop.id}/members`);
    assert.deepEqual(members.map(({ user_name, role, invited_as }) =>
        [user_name, role, invited_as]).sort(), [['ada', 'owner', 'individual'],
        ['bert', 'developer', 'team_member'], ['emil', 'reporter', 'external']]);
    assert.equal(members.find(({ user_name }) => user_name === 'bert').team_name, 'Tools');
});

test('servers keep their commands, and what cannot be opened is switched off', async () => {
    const { shop, lab } = original.projects;
    const of = async (project) => Object.fromEntries((await admin(
        `/api/projects/${project.id}/servers`)).map((server) => [server.id, server]));
    const inShop = await of(shop);
    const { runs, legacy, odd, twins, twice, foreign, off, remote } = original.servers;
    assert.equal(inShop[runs.id].timeout, 45);
    assert.ok(inShop[runs.id].env_names.includes('TOKEN'));
    assert.deepEqual(inShop[legacy.id].args, ['-y', 'one']);
    assert.deepEqual(inShop[legacy.id].env_names, ['PLAIN']);
    assert.equal(inShop[odd.id].name, 'My_Server_v2');
    assert.deepEqual(inShop[odd.id].aliases, ['My Server.v2']);
    const inLab = await of(lab);
    assert.deepEqual([inLab[twins.id], inLab[twice.id]].map(({ name, args }) => [name, args]),
        [['twin', ['a']], ['twin_2', ['b']]]);
    assert.equal(inLab[foreign.id].is_enabled, false);
    assert.equal(inLab[off.id].is_enabled, false);
    assert.equal(inLab[off.id].jwt_auth_required, true);
    assert.equal(inLab[off.id].timeout, 300);
    assert.equal(inLab[remote.id].transport_type, 'stdio');
});

test('a client goes on with its old URL and key, and the switch of a tool holds', async () => {
    const session = await connect(orchestrator, 'server_http',
        { url: urlPath('server_http', 'runs', original.projects.shop.id), server: 'runs',
            key: original.keys.good });
    const { tools } = await session.client.listTools();
    assert.ok(tools.length > 0);
    assert.ok(!tools.some(({ name }) => name === 'echo'));
    await session.close();
});

test('keys are found by the same hash, and refused for the same reasons', async () => {
    const status = async (name, project) => (await orchestrator.api(
        `/api/projects/${project.id}/servers`, { token: original.keys[name] })).status;
    const { shop, lab } = original.projects;
    assert.deepEqual([await status('good', shop), await status('revoked', shop),
        await status('expired', shop), await status('limited', shop), await status('legacy', lab),
        await status('good', lab)], [200, 401, 401, 200, 200, 404]);
    const keys = await admin(`/api/projects/${shop.id}/api-keys`);
    const limits = Object.fromEntries(keys.map(({ name, limits: { calls_per_minute,
        calls_per_day } }) => [name, [calls_per_minute, calls_per_day]]));
    assert.deepEqual(limits.limited, [7, 70]);
    assert.deepEqual(limits.good, [0, 0]);
});

test('people sign in with their old passwords, which are hashed anew', async () => {
    const hashOf = async (email) => (await query(orchestrator,
        `SELECT password_hash FROM users WHERE email = '${email}';`))[0]?.[0] ?? '';
    assert.match(await hashOf('bert@example.org'), /^\$2b\$/);
    const bert = new Browser(orchestrator);
    assert.equal((await bert.logIn('bert@example.org', 'a wrong password')).status, 401);
    assert.match(await hashOf('bert@example.org'), /^\$2b\$/);
    assert.equal((await bert.logIn('bert@example.org', password)).status, 200);
    assert.match(await hashOf('bert@example.org'), /^\$argon2id\$/);
    assert.equal((await bert.logIn('bert@example.org', password)).status, 200);
    assert.equal((await new Browser(orchestrator).logIn('cleo@example.org', password)).status, 200);
    assert.equal((await new Browser(orchestrator).logIn('dora@example.org', password)).status, 401);
    assert.equal((await new Browser(orchestrator).logIn('emil@example.org', '')).status, 401);
});

test('a second run finds everything here and adds nothing', async () => {
    const began = await everything();
    const { code, stderr, json } = await migrate();
    assert.equal(code, 0, stderr);
    assert.ok(json.objects.every(({ added }) => added === 0));
    assert.deepEqual(await everything(), began);
});

test('it is written down, by counts and without secrets', async () => {
    const { activities } = await admin('/api/activities?action_filter=data_migrated');
    assert.equal(activities.length, 2);
    assert.deepEqual(activities[1].changes.mcp_servers, { from: 0, to: 8 });
    assert.doesNotMatch(JSON.stringify(activities), /canary/);
});

test('nothing comes from what is no such database, or with a key that is none', async () => {
    const began = await everything();
    const post = async (body) => orchestrator.api('/api/admin/migrations', { method: 'POST', body });
    const empty = await post({ source: urlOf(orchestrator, 'template1') });
    assert.equal(empty.status, 404);
    assert.match(empty.json.detail, /Python mcp-orch/);
    const nowhere = await post({ source: 'postgresql:///x?host=/nowhere' });
    assert.equal(nowhere.status, 503);
    assert.match(nowhere.json.detail, /^source: /);
    const wrong = await post({ source: original.url, fernet_key: 'none' });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.json.errors[0].field, 'fernet_key');
    const other = await post({ source: original.url, fernet_key: newFernetKey(), dry_run: true });
    assert.equal(other.status, 200);
    assert.deepEqual(await everything(), began);
});

test('accounts may not do it, since it makes the orchestrator connect elsewhere', async () => {
    const ada = new Browser(orchestrator);
    assert.equal((await ada.logIn('ada@example.org', password)).status, 200);
    assert.equal((await ada.get('/api/users/admin')).status, 200);
    const refused = await ada.post('/api/admin/migrations', { source: original.url });
    assert.equal(refused.status, 403);
});
