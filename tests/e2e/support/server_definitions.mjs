// Entries of `mcpServers` for the servers that this suite talks to.

import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const resolveFrom = createRequire(process.env.MCP_ORCH_NODE_MODULES === undefined
    ? import.meta.url : join(process.env.MCP_ORCH_NODE_MODULES, 'resolve.js'));

export const published = (name) => resolveFrom.resolve(`@modelcontextprotocol/${name}/dist/index.js`);

/** The server that the conformance suite wants to meet. */
export const conformanceFixture = () => ({
    command: process.execPath,
    args: [fileURLToPath(new URL('../servers/conformance.mjs', import.meta.url))],
});

/** The server whose answers come in another order than its calls. */
export const scatter = () => ({
    command: process.execPath,
    args: [fileURLToPath(new URL('../servers/scatter.mjs', import.meta.url))],
});

export const everything = () => ({
    command: process.execPath, args: [published('server-everything'), 'stdio'],
});

export const memory = (file) => ({
    command: process.execPath, args: [published('server-memory')],
    env: { MEMORY_FILE_PATH: file },
});

export const filesystem = (directory) => ({
    command: process.execPath, args: [published('server-filesystem'), directory],
});

export const faultyScript = fileURLToPath(new URL('../servers/faulty.mjs', import.meta.url));

/** The server with faults on demand; `flags` are those of servers/faulty.mjs. */
export const faulty = (flags = [], extra = {}) => ({
    command: process.execPath, args: [faultyScript, ...flags], ...extra,
});

/** The server that asks its client, and has prompts and resources; `flags` are its own. */
export const asking = (extra = {}, flags = []) => ({ command: process.execPath,
    args: [fileURLToPath(new URL('../servers/asking.mjs', import.meta.url)), ...flags], ...extra });

/** The server whose calls can become tasks. */
export const tasks = (extra = {}) => ({ command: process.execPath,
    args: [fileURLToPath(new URL('../servers/tasks.mjs', import.meta.url))], ...extra });

/** The same behind a shell that stays, as npx has it. */
export const faultyBehindShell = (flags = [], extra = {}) => ({
    command: '/bin/sh',
    args: ['-c', '"$0" "$@"; exit $?', process.execPath, faultyScript, ...flags],
    ...extra,
});
