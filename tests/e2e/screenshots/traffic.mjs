// What the clients of the company do: sessions of several kinds, each with calls of which most go
// well, one after the other as models make them.

import { setTimeout as delay } from 'node:timers/promises';
import { connect, urlPath } from '../support/client.mjs';
import { eventually } from '../support/deadline.mjs';
import { project } from './company.mjs';

/** Who connects how, and to what. */
const clients = [
    { name: 'Cursor', version: '2.1.46', key: 'Grace, laptop', entryPath: 'unified_http',
        userAgent: 'Cursor/2.1.46 (darwin arm64)', servers: ['shop', 'memory', 'documents'] },
    { name: 'claude-code', version: '2.0.55', key: 'Grace, laptop', entryPath: 'server_http',
        userAgent: 'claude-code/2.0.55', servers: ['shop'] },
    { name: 'help-desk-assistant', version: '0.9.3', key: 'Support desk',
        entryPath: 'server_sse', userAgent: 'help-desk/0.9.3 node', servers: ['shop'] },
    { name: 'help-desk-assistant', version: '0.9.3', key: 'Support desk',
        entryPath: 'server_sse', userAgent: 'help-desk/0.9.3 node', servers: ['memory'] },
    { name: 'Visual Studio Code', version: '1.107.0', key: 'Editors of the team',
        entryPath: 'unified_http', userAgent: 'vscode/1.107.0', servers: ['everything', 'shop'] },
    { name: 'Cline', version: '3.39.1', key: 'Editors of the team', entryPath: 'unified_sse',
        userAgent: 'cline/3.39.1', servers: ['shop', 'everything'] },
    { name: 'nightly-reports', version: '1.4.0', key: 'Nightly reports', entryPath: 'server_http',
        userAgent: 'python-httpx/0.28.1', servers: ['shop'] },
];

/** The same numbers at every run. */
function* numbers(seed) {
    let state = seed;
    for (;;) {
        state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
        yield state;
    }
}

const customer = (n) => `C-${1000 + n % 211}`;

/** By server, what is called with which arguments; the first are called most. */
const habits = {
    shop: [
        (n) => ['get_order', { order: 1000 + n % 900 }],
        (n) => ['find_orders', { customer: customer(n), limit: 1 + n % 8 }],
        (n) => ['stock_level', { sku: `LAMP-${n % 9}` }],
        (n) => ['refund_order', { order: 1000 + n % 900, reason: 'Arrived broken' }],
        (n) => ['send_message', { customer: customer(n), subject: 'Your order',
            body: 'It is on its way.' }],
        (n) => ['sales_report', { month: `2026-0${1 + n % 9}` }],
    ],
    memory: [
        (n) => ['search_nodes', { query: customer(n) }],
        (n) => ['create_entities', { entities: [{ name: customer(n), entityType: 'customer',
            observations: [`Prefers parcel lockers, asked on day ${n % 30}`] }] }],
        (n) => ['open_nodes', { names: [customer(n)] }],
    ],
    documents: [
        () => ['list_directory', { path: '/usr/share/doc/bash' }],
        () => ['read_text_file', { path: '/usr/share/doc/bash/copyright', head: 12 }],
        () => ['read_text_file', { path: '/etc/shadow' }],
    ],
    everything: [
        (n) => ['get-sum', { a: n % 40, b: n % 7 }],
        (n) => ['echo', { message: `Hello, ${customer(n)}` }],
        () => ['get-tiny-image', {}],
        () => ['get-sum', { a: 'twenty' }],
    ],
};

/** Early habits are likelier: the square of an even number falls near the start more often. */
const chosen = (list, n) => list[Math.floor(((n >> 8) % 1000 / 1000) ** 2 * list.length)];

/** Calls until `quota` is used up, which all sessions of a shift share. */
async function work(session, { servers }, quota, source) {
    while (quota.left > 0) {
        quota.left -= 1;
        const n = source.next().value;
        const server = servers[(n >> 6) % servers.length];
        session.server = server;
        const [tool, args] = chosen(session.only ?? habits[server], n)(n);
        // What fails is meant to: it stands in the log.
        await session.call(tool, args).catch(() => undefined);
        await delay(n % 40);
    }
}

const open = (world, keys, client, server = client.servers[0]) => connect(world.orchestrator,
    client.entryPath, { ...client, server, key: keys[client.key],
        url: urlPath(client.entryPath, server, project) });

/** A session of each client; together they make `calls` calls and then end, unless they `stay`. */
async function shift(world, keys, calls, seed, stay = false) {
    const quota = { left: calls };
    await Promise.all(clients.map(async (client, at) => {
        const session = await open(world, keys, client);
        session.only = client.name === 'nightly-reports'
            ? habits.shop.filter((_, index) => [1, 2, 5].includes(index)) : undefined;
        await work(session, client, quota, numbers(seed + at * 97));
        if (!stay) {
            await session.close();
        }
    }));
}

/** What a person tries in the dashboard. */
const get = (world, order) => world.ada.post(
    `/api/projects/${project}/servers/shop/tools/get_order/execute`, { arguments: { order } });

/** Reports over a year run into their time limit, clients lose patience, and a server falls. */
async function badHour(world, keys) {
    const session = await open(world, keys, clients[1]);
    await Promise.all([
        ...Array.from({ length: 24 }, (_, at) => session
            .call('sales_report', { month: String(2003 + at) }).catch(() => undefined)),
        ...Array.from({ length: 14 }, async (_, at) => {
            const patience = new AbortController();
            setTimeout(() => patience.abort('The user stopped this'), 500 + at * 60);
            await session.call('sales_report', { month: '1999' }, { signal: patience.signal })
                .catch(() => undefined);
        }),
    ]);
    await session.call('import_catalogue', { supplier: 'Nordlicht' }).catch(() => undefined);
    await session.call('serach_orders', { customer: 'C-1042' }).catch(() => undefined);
    await session.close();
    // It starts again after a while, and until then refuses everybody.
    await eventually('the shop', async () => (await get(world, 1042)).json.success === true);
}

/** All of it; returns when every call is in the database. */
export async function makeADay(world, keys) {
    await shift(world, keys, 700, 11);
    await shift(world, keys, 700, 23);
    await badHour(world, keys);
    await shift(world, keys, 700, 41);
    await shift(world, keys, 500, 59);
    await badHour(world, keys);
    await shift(world, keys, 700, 71, true);
    const written = async () => Number(/^mcp_orch_call_log_rows_total (\d+)$/m.exec(
        await (await fetch(new URL('/metrics', world.orchestrator.url))).text())[1]);
    let before = -1;
    await eventually('the last row of the calls', async () => {
        const now = await written();
        const isQuiet = now === before;
        before = now;
        await delay(300);
        return isQuiet;
    });
}
