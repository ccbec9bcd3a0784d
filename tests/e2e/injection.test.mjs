// What stands in a definition is an argument, never a command line; and nothing but a start starts.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';

const workspace = new Workspace();
const marker = join(workspace.shared, 'marker');
const recordOf = (name) => join(workspace.shared, name);
const base = '/api/projects/default/servers';
let orchestrator;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: {} });
});

after(() => orchestrator?.dispose());

const operators = [';', '|', '||', '&', '&&', '\n', '\r\n', '>', '>>', '<', '`', '$(', '${', '((',
    '\\', "'", '"', "';", '";', '" && ', "' || ", '\t', '!', '#', '~/', '*', '?', '[a]', '{a,b}',
    '%s%n', '\u2028', '\u202e', '\uff1b', '--', '-c', '-e', '--eval=', '@', '=', ':', ','];
const shapes = [
    (operator) => `${operator}touch ${marker}`,
    (operator) => `x${operator} touch ${marker} ${operator}`,
    (operator) => `${operator}${marker}`,
    (operator) => `$(touch ${marker})${operator}`,
    (operator) => `\`touch ${marker}\`${operator}`,
];
const payloads = operators.flatMap((operator) => shapes.map((shape) => shape(operator)));

/** A server may have so many variables, of which one is taken: so there are two. */
const variablesMax = 199;
const halves = { recorder: payloads.slice(0, variablesMax),
    'other-recorder': payloads.slice(variablesMax) };

const recorderOf = (name) => ({
    command: process.execPath,
    args: ['-e', 'require("fs").writeFileSync(process.env.RECORD, JSON.stringify('
        + '{ args: process.argv.slice(1), env: process.env }))', '--', ...payloads],
    env: { RECORD: recordOf(name), ...Object.fromEntries(
        halves[name].map((payload, index) => [`PAYLOAD_${index}`, payload])) },
});
const names = Object.keys(halves);

const imports = (mcpServers, preview) => orchestrator.api(`${base}/import`,
    { method: 'POST', body: { config: { mcpServers }, preview } });

test('V-05: taking servers over starts none, looking at them neither', async () => {
    for (const preview of [true, false]) {
        const { status, text } = await imports(
            Object.fromEntries(names.map((name) => [name, recorderOf(name)])), preview);
        assert.equal(status, 200, text);
    }
    for (const path of [base, ...names.map((name) => `${base}/${name}`)]) {
        assert.equal((await orchestrator.api(path)).status, 200);
    }
    assert.deepEqual(names.filter((name) => existsSync(recordOf(name))), []);
});

test('V-05: every argument and every value arrives as it was written', async () => {
    assert.ok(payloads.length >= 200);
    const arrived = [];
    for (const name of names) {
        await orchestrator.api(`${base}/${name}/refresh-status`, { method: 'POST' });
        const { args, env } = JSON.parse(readFileSync(recordOf(name), 'utf8'));
        assert.deepEqual(args, payloads);
        arrived.push(...halves[name].map((_, index) => env[`PAYLOAD_${index}`]));
    }
    assert.deepEqual(arrived, payloads);
    assert.equal(existsSync(marker), false);
});

test('a command with arguments in it is a program that is not there', async () => {
    const commands = payloads.filter((payload) => !/[\n\r\0]/.test(payload)).slice(0, 40);
    const named = Object.fromEntries(commands.map((command, index) => [`c${index}`, { command }]));
    const { json } = await imports({ ...named, shell: { command: `/bin/sh -c "touch ${marker}"` } });
    const made = json.results.filter(({ outcome }) => outcome === 'created').map(({ name }) => name);
    assert.ok(made.includes('shell'));
    await orchestrator.api(`${base}/refresh-status`, { method: 'POST' });
    for (const name of made) {
        const server = await orchestrator.server(name);
        assert.equal(server.status, 'error', name);
        assert.match(server.last_error, /./);
    }
    assert.equal(existsSync(marker), false);
});

test('what no program can be given is refused by name', async () => {
    for (const [field, definition] of [
        ['args', { command: 'node', args: ['a\u0000b'] }],
        ['command', { command: 'no\u0000de' }],
        ['env', { command: 'node', env: { 'A=B': 'c' } }],
        ['env', { command: 'node', env: { A: 'c\u0000d' } }],
        ['cwd', { command: 'node', cwd: '/tmp\u0000/x' }],
    ]) {
        const { json, text } = await imports({ odd: definition });
        const told = json.results?.[0].error ?? json.detail;
        assert.match(told ?? '', new RegExp(field), `${JSON.stringify(definition)}: ${text}`);
    }
});
