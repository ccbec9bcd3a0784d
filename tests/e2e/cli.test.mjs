// The command line verbs, as a person at a shell uses them.

import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { connect } from './support/client.mjs';
import { Orchestrator, Workspace, run } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { first: faulty() } });
});

after(() => orchestrator?.dispose());

describe('while it runs', () => {
    test('import adds servers, previews without adding, and says what it did', async () => {
        const file = workspace.file('more.json', JSON.stringify({ mcpServers: {
            second: faulty(), 'My Server.v2': faulty() } }));
        const names = async () => JSON.parse((await orchestrator.cli(
            ['servers', '--project', 'default', '--json'])).stdout).map((server) => server.name);

        const preview = await orchestrator.cli(
            ['import', file, '--project', 'default', '--preview']);
        assert.equal(preview.code, 0, preview.stderr);
        assert.match(preview.stdout, /second/);
        assert.deepEqual(await names(), ['first']);

        const real = await orchestrator.cli(['import', file, '--project', 'default']);
        assert.equal(real.code, 0, real.stderr);
        assert.match(real.stdout, /My_Server_v2/);
        assert.deepEqual((await names()).sort(), ['My_Server_v2', 'first', 'second']);
    });

    test('key create prints a key that works, once and alone on stdout', async () => {
        const { code, stdout } = await orchestrator.cli(
            ['key', 'create', '--project', 'default', '--name', 'laptop']);
        assert.equal(code, 0);
        assert.match(stdout, /^\S+\n$/);
        const session = await connect(orchestrator, 'server_http',
            { server: 'first', key: stdout.trim() });
        assert.equal((await session.json('echo', { nonce: 'cli' })).nonce, 'cli');
        await session.close();
    });

    test('servers prints a table with state and tools', async () => {
        const { code, stdout } = await orchestrator.cli(['servers']);
        assert.equal(code, 0);
        assert.match(stdout, /NAME/);
        assert.match(stdout, /first\s/);
    });

    test('call prints the result; a failing tool fails the command', async () => {
        const good = await orchestrator.cli(['call', 'first', 'echo', '{"nonce":"shell"}']);
        assert.equal(good.code, 0, good.stderr);
        assert.equal(JSON.parse(good.stdout).nonce, 'shell');
        const whole = await orchestrator.cli(['call', 'first', 'echo', '{}', '--json']);
        assert.equal(JSON.parse(whole.stdout).success, true);

        const failing = await orchestrator.cli(
            ['call', 'first', 'fail', '{"message":"no luck"}']);
        assert.equal(failing.code, 1);
        assert.match(failing.stderr, /no luck/);
        for (const [server, tool, named] of [['first', 'nothing', /nothing/],
            ['nobody', 'echo', /nobody|no such server/i]]) {
            const { code, stderr } = await orchestrator.cli(['call', server, tool]);
            assert.equal(code, 1);
            assert.match(stderr, named);
        }
        const { code } = await orchestrator.cli(['call', 'first', 'echo', '[1]']);
        assert.equal(code, 2);
    });

    test('an unknown project or file is named', async () => {
        const project = await orchestrator.cli(
            ['key', 'create', '--project', 'nobody', '--name', 'x']);
        assert.equal(project.code, 1);
        assert.match(project.stderr, /nobody|project/);
        const file = await orchestrator.cli(
            ['import', '/nonexistent/file.json', '--project', 'default']);
        assert.equal(file.code, 1);
        assert.match(file.stderr, /\/nonexistent\/file\.json/);
    });

    test('doctor looks at this machine', async () => {
        const { code, stdout } = await orchestrator.cli(['doctor']);
        assert.ok([0, 1].includes(code), `${code}`);
        assert.match(stdout, /postgres/i);
    });

    test('the administrator token and socket are for their owner alone', () => {
        assert.equal(statSync(join(workspace.dataDir, 'admin-token')).mode & 0o777, 0o600);
        assert.equal(statSync(join(workspace.dataDir, 'admin.sock')).mode & 0o777, 0o600);
        assert.equal(statSync(workspace.dataDir).mode & 0o007, 0);
    });
});

describe('while it does not run', () => {
    const nobody = ['--data-dir', join(workspace.path, 'empty')];

    test('verbs that need it exit with 3 and say how to start it', async () => {
        const file = workspace.file('one.json', '{"mcpServers":{"a":{"command":"true"}}}');
        for (const verb of [['servers'], ['call', 'first', 'echo'],
            ['key', 'create', '--project', 'default', '--name', 'x'],
            ['import', file, '--project', 'default']]) {
            const { code, stderr, stdout } = await run([...verb, ...nobody]);
            assert.equal(code, 3, verb.join(' '));
            assert.match(stderr, /mcp-orch serve/);
            assert.equal(stdout, '');
        }
    });

    test('version and config print work without it', async () => {
        const version = await run(['version']);
        assert.equal(version.code, 0);
        assert.match(version.stdout, /\d+\.\d+/);

        const { code, stdout } = await run(['config', 'print', ...nobody],
            { env: { MCP_ORCH_DATABASE_URL: 'postgresql://u:hidden@db/x',
                MCP_ORCH_LOG_LEVEL: 'warning' } });
        assert.equal(code, 0);
        assert.match(stdout, /level = "warning".*MCP_ORCH_LOG_LEVEL/);
        assert.match(stdout, /data_dir = .*--data-dir/);
        assert.equal(stdout.includes('hidden'), false);
    });

    test('a misspelt command or flag is named with what was meant', async () => {
        for (const [args, meant] of [[['serv'], /serve/], [['servers', '--projct', 'x'],
            /--project/], [[], /command/]]) {
            const { code, stderr } = await run(args);
            assert.equal(code, 2);
            assert.match(stderr, meant);
        }
    });
});
