// A small company: people, teams, projects, servers, keys. Commands of servers are names that a
// directory of the workspace holds, so that no picture shows where things are on this machine.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Browser } from '../support/browser.mjs';
import { eventually } from '../support/deadline.mjs';
import { faultyScript, published } from '../support/server_definitions.mjs';

export const project = 'storefront';

const programs = {
    'mcp-server-everything': published('server-everything'),
    'mcp-server-filesystem': published('server-filesystem'),
    'mcp-server-memory': published('server-memory'),
    'shop-tools': fileURLToPath(new URL('shop_server.mjs', import.meta.url)),
    'warehouse-bridge': faultyScript,
};

/** The directory that `PATH` of the orchestrator begins with. */
export function placePrograms(workspace) {
    const place = join(workspace.path, 'bin');
    mkdirSync(place);
    for (const [name, script] of Object.entries(programs)) {
        chmodSync(workspace.file(join('bin', name),
            `#!/bin/sh\nexec "${process.execPath}" "${script}" "$@"\n`), 0o755);
    }
    return `${place}:${dirname(process.execPath)}:${process.env.PATH}`;
}

const servers = (workspace) => ({
    shop: { command: 'shop-tools', timeout: 2,
        description: 'Orders, stock and refunds of the shop' },
    memory: { command: 'mcp-server-memory', description: 'What assistants know of customers',
        env: { MEMORY_FILE_PATH: join(workspace.shared, 'memory.jsonl') } },
    everything: { command: 'mcp-server-everything', args: ['stdio'],
        description: 'The reference server: one of each thing that MCP can do' },
    documents: { command: 'mcp-server-filesystem', args: ['/usr/share/doc'],
        description: 'Manuals, read only' },
    warehouse: { command: 'warehouse-bridge', args: ['--exit', '3'],
        description: 'Bridge to the old warehouse' },
    tickets: { transport_type: 'streamable-http', url: 'https://mcp.example.com/mcp',
        headers: { Authorization: 'Bearer 4c1f7a90' }, is_enabled: false,
        description: 'Tickets of the help desk' },
});

const colleagues = {
    grace: { name: 'Grace Hopper', role: 'owner' },
    alan: { name: 'Alan Turing', role: 'developer' },
    katherine: { name: 'Katherine Johnson', role: 'developer' },
    edsger: { name: 'Edsger Dijkstra', role: 'reporter' },
    barbara: { name: 'Barbara Liskov' },
    yuna: { name: 'Yuna Kim' },
};
const email = (name) => `${name}@example.org`;
const inDays = (days) => new Date(Date.now() + days * 86_400_000).toISOString();

export const password = 'a quiet harbour at dusk';

const keys = [
    { name: 'Grace, laptop', description: 'Cursor', expires_at: inDays(80) },
    { name: 'Support desk', description: 'The assistant of the help desk',
        scope: { servers: ['shop', 'memory'] }, limits: { calls_per_minute: 6_000 } },
    { name: 'Nightly reports', scope: { servers: ['shop'], tools: ['sales_report', 'find_orders',
        'stock_level'] }, expires_at: inDays(5) },
    { name: 'Editors of the team', description: 'VS Code and Cline' },
    { name: 'Auditor', scope: { may_call: false }, expires_at: inDays(20) },
    { name: 'Old phone' },
];

/** Asks as `who` and takes nothing but success for an answer. */
const asking = (who) => async (method, path, body) => {
    const { status, text, json } = await who[method](path, body);
    assert.ok(status < 300, `${method} ${path}: ${status}: ${text}`);
    return json;
};

async function hire(ask, orchestrator) {
    const browsers = {};
    for (const [name, { name: full }] of Object.entries(colleagues)) {
        await ask('post', '/api/users/admin', { name: full, email: email(name), password });
        browsers[name] = new Browser(orchestrator);
    }
    for (const name of ['grace', 'alan', 'katherine']) {
        await browsers[name].logIn(email(name), password);
    }
    for (const [name, about, members] of [
        ['Platform', 'Runs the servers', { grace: 'owner', alan: 'developer' }],
        ['Help desk', 'Answers customers', { barbara: 'developer', yuna: 'reporter' }]]) {
        const { slug } = await ask('post', '/api/teams', { name, description: about });
        for (const [member, role] of Object.entries(members)) {
            await ask('post', `/api/teams/${slug}/members/invite`, { email: email(member), role });
        }
    }
    return browsers;
}

async function openProjects(ask) {
    const there = `/api/projects/${project}`;
    await ask('post', '/api/projects', { name: project, display_name: 'Storefront',
        description: 'What assistants of the shop work with' });
    await ask('post', '/api/projects', { name: 'research', display_name: 'Research',
        description: 'Trying things out' });
    for (const [name, { role }] of Object.entries(colleagues)) {
        if (role !== undefined) {
            await ask('post', `${there}/members`, { email: email(name), role });
        }
    }
    await ask('post', `${there}/teams/invite`, { team_id: 'help-desk', role: 'reporter' });
}

/** Furnishes the orchestrator of `world`; the keys by their names. */
export async function found(world) {
    const ask = asking(world.ada);
    const there = `/api/projects/${project}`;
    const people = await hire(ask, world.orchestrator);
    await openProjects(ask);
    for (const [name, definition] of Object.entries(servers(world.workspace))) {
        await ask('post', `${there}/servers`, { name, ...definition });
    }
    const made = {};
    for (const [at, key] of keys.entries()) {
        const maker = asking([world.ada, people.grace, people.alan][at % 3]);
        made[key.name] = await maker('post', `${there}/api-keys`, key);
    }
    await asking(people.grace)('put', `${there}/servers/shop`, {
        description: 'Orders, stock, refunds and reports of the shop' });
    for (const tool of ['write_file', 'edit_file', 'move_file']) {
        await asking(people.alan)('put', `${there}/tool-preferences/documents/${tool}`,
            { is_enabled: false });
    }
    await ask('put', `${there}/api-keys/${made['Old phone'].id}`, { is_quarantined: true });
    await ask('post', `${there}/log-views`,
        { name: 'What failed today', query: 'status=error&status=timeout&time_range=24h' });
    await ask('post', '/api/workers/check-now');
    await eventually('the check of all servers', async () =>
        (await ask('get', '/api/workers/status')).checking === false, 60_000);
    return Object.fromEntries(Object.entries(made).map(([name, { api_key }]) => [name, api_key]));
}
