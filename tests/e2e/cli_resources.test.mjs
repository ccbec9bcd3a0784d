// The commands that administer projects and people from a shell.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
});

after(() => orchestrator?.dispose());

const cli = async (...words) => {
    const done = await orchestrator.cli(words);
    assert.equal(done.code, 0, done.stderr);
    return done.stdout;
};

test('a project is made, changed, listed and deleted', async () => {
    assert.match(await cli('project', 'create', '--name', 'shop', '--description', 'what sells'),
        /^name\s+shop$/m);
    const changed = JSON.parse(await cli('project', 'update', '--project', 'shop', '--unified',
        'false', '--retention-days', '90', '--json'));
    assert.equal(changed.unified_mcp_enabled, false);
    assert.equal(changed.retention_days, 90);
    assert.equal(changed.description, 'what sells');
    const table = await cli('project', 'list');
    assert.match(table, /^NAME\s+SERVERS\s+MEMBERS\s+DESCRIPTION$/m);
    assert.match(table, /^shop\s+0\s+0\s+what sells$/m);
    await cli('project', 'delete', '--project', 'shop');
    assert.doesNotMatch(await cli('project', 'list'), /shop/);
});

test('what was done is shown', async () => {
    const table = await cli('activity', 'list', '--limit', '2');
    assert.match(table, /^WHEN\s+WHO\s+WHAT\s+TARGET$/m);
    assert.match(table, /Administrator\s+project_deleted\s+shop/);
    assert.equal(table.trim().split('\n').length, 3);
    const all = JSON.parse(await cli('activity', 'list', '--json'));
    assert.deepEqual(all.activities.map(({ action }) => action),
        ['project_deleted', 'project_updated', 'project_created']);
});

test('names with odd characters do not leave their place in the request', async () => {
    for (const name of ['../default', 'default?x=1', 'default/servers', '%2e%2e', '']) {
        const { code, stderr } = await orchestrator.cli(
            ['project', 'delete', '--project', name]);
        assert.equal(code, 1, `${name}: ${stderr}`);
    }
    assert.match(await cli('project', 'list'), /^default\s/m);
});

test('wrong usage is explained before anything is sent', async () => {
    for (const [words, reason] of [
        [['project', 'create'], /--name is required/],
        [['project', 'update', '--project', 'default', '--unified', 'maybe'], /true or false/],
        [['activity', 'list', '--limit', 'many'], /whole number/],
        [['project', 'creat', '--name', 'x'], /did you mean.*create/i],
    ]) {
        const { code, stderr } = await orchestrator.cli(words);
        assert.equal(code, 2, stderr);
        assert.match(stderr, reason);
    }
});

test('a name that nobody has is told, and those that there are', async () => {
    await cli('project', 'create', '--name', 'kept');
    await cli('server', 'create', '--project', 'kept', '--name', 'files', '--command', 'true');
    for (const [words, told] of [
        [['key', 'create', '--project', 'kepd', '--name', 'x'],
            /there is no project 'kepd'; there are: default, kept/],
        [['server', 'delete', '--project', 'kept', '--server', 'flies'],
            /there is no server 'flies'; there are: files/],
        [['server', 'show', '--project', 'default', '--server', 'files'],
            /there is no server 'files', nor any other/],
        [['team', 'show', '--team', 'nobody'], /there is no team 'nobody'/]]) {
        const { code, stderr } = await orchestrator.cli(words);
        assert.equal(code, 1, words.join(' '));
        assert.match(stderr, told);
    }
});

test('an export is a file for a client, and changes nothing when it is imported', async () => {
    const exported = await cli('server', 'export', '--project', 'kept');
    assert.deepEqual(Object.keys(JSON.parse(exported).mcpServers), ['files']);
    const file = workspace.file('export.json', exported);
    assert.match(await cli('import', file, '--project', 'kept'), /unchanged/);
});

test('lists can be emptied', async () => {
    await cli('project', 'set-security', '--project', 'kept', '--ip-ranges', '10.0.0.0/8',
        '192.0.2.0/24');
    const ranges = async () => (await orchestrator.api('/api/projects/kept/security')).json
        .allowed_ip_ranges;
    assert.equal((await ranges()).length, 2);
    await cli('project', 'set-security', '--project', 'kept', '--ip-ranges', '');
    assert.deepEqual(await ranges(), []);
    await cli('server', 'update', '--project', 'kept', '--server', 'files', '--args', 'a', 'b');
    await cli('server', 'update', '--project', 'kept', '--server', 'files', '--args', '',
        '--env', '');
    const { json } = await orchestrator.api('/api/projects/kept/servers/files');
    assert.deepEqual(json.args, []);
});

test('a server that does not work fails its test', async () => {
    const { code, stdout } = await orchestrator.cli(
        ['server', 'test', '--project', 'kept', '--server', 'files']);
    assert.equal(code, 1, stdout);
    assert.match(stdout, /^success\s+false$/m);
});
