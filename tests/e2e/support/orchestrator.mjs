// One running orchestrator with its own data directory.

import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Contract } from './contract.mjs';
import { guardMs, within } from './deadline.mjs';
import { carrying, processes } from './process_tree.mjs';

export const binary = process.env.MCP_ORCH_BIN
    ?? fileURLToPath(new URL('../../../build/release/mcp-orch', import.meta.url));
export const ioThreads = process.env.MCP_ORCH_IO_THREADS ?? '1';

/** A cold start makes a database cluster first. */
const startLimitMs = 60_000;

/** A directory that the account of the MCP servers can read; `shared` in it takes their files. */
export class Workspace {
    constructor() {
        this.path = mkdtempSync(join(tmpdir(), 'mcp-orch-e2e-'));
        chmodSync(this.path, 0o755);
        this.dataDir = join(this.path, 'data');
        this.shared = join(this.path, 'shared');
        mkdirSync(this.shared);
        chmodSync(this.shared, 0o777);
        this.closers = [];
        this.mark = randomUUID();
    }

    /** The processes of imported servers, wherever in the process tree they hang. */
    get serverProcesses() {
        return carrying('E2E_MARK', this.mark);
    }

    file(name, text) {
        const path = join(this.path, name);
        writeFileSync(path, text, { mode: 0o644 });
        return path;
    }

    /** Closes what tests left open, too: a failed one must not keep the process alive. */
    async remove() {
        await Promise.all(this.closers.map((close) => close()));
        const leftovers = [...this.serverProcesses, ...processes().filter(({ cmdline }) =>
            cmdline.some((word) => word.includes(this.dataDir)))];
        for (const { pid } of leftovers) {
            try {
                process.kill(pid, 'SIGKILL');
            } catch {
                // It ended by itself meanwhile.
            }
        }
        rmSync(this.path, { recursive: true, force: true });
    }
}

/** The environment without variables of this suite: mcp-orch refuses names it does not know. */
const environment = Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !name.startsWith('MCP_ORCH_')));

/** Runs one command line of the binary to its end, with `env` added to the environment. */
export function run(args, { env = {}, limitMs = guardMs } = {}) {
    const child = spawn(binary, args,
        { env: { ...environment, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    return within(`mcp-orch ${args.join(' ')}`, new Promise((resolve, reject) => {
        let stdout = '';
        let stderr = '';
        child.stdout.on('data', (chunk) => { stdout += chunk; });
        child.stderr.on('data', (chunk) => { stderr += chunk; });
        child.on('error', reject);
        child.on('close', (code, signal) => resolve({ code, signal, stdout, stderr }));
    }), limitMs).finally(() => child.kill('SIGKILL'));
}

/** The same definitions, with a mark in the environment by which their processes are found. */
const marked = (servers, mark) => Object.fromEntries(Object.entries(servers).map(
    ([name, definition]) => [name, { ...definition, env: { E2E_MARK: mark, ...definition.env } }]));

export class Orchestrator {
    #child;
    #contract;
    #waiting = new Set();

    /** Diagnostics in order, as {time, level, component, message}. */
    events = [];
    /** What stderr held that was no JSON line. */
    strayLines = [];

    /**
     * Starts on `workspace` and returns when calls can be served. `servers` is the `mcpServers`
     * object to import; without it the data directory is taken as it is. `env` is added to the
     * environment.
     */
    static async start(workspace, { servers, args = [], env = {} } = {}) {
        const orchestrator = new Orchestrator(workspace);
        const imports = servers === undefined ? []
            : ['--import', workspace.file('servers.json', JSON.stringify({
                mcpServers: marked(servers, workspace.mark) }))];
        orchestrator.#launch([...imports, ...args], env);
        try {
            await orchestrator.#becomeReady();
        } catch (error) {
            await orchestrator.kill().catch(() => {});
            await workspace.remove();
            throw error;
        }
        return orchestrator;
    }

    constructor(workspace) {
        this.workspace = workspace;
        this.dataDir = workspace.dataDir;
    }

    #launch(args, env) {
        this.#child = spawn(binary, ['serve', '--data-dir', this.dataDir,
            '--listen', '127.0.0.1:0', '--io-threads', ioThreads, '--log-format', 'json', ...args],
        { env: { ...environment, ...env }, stdio: ['ignore', 'inherit', 'pipe'] });
        this.pid = this.#child.pid;
        this.ended = new Promise((resolve, reject) => {
            this.#child.on('error', reject);
            this.#child.on('close', (code, signal) => resolve({ code, signal }));
        });
        createInterface({ input: this.#child.stderr }).on('line', (line) => this.#take(line));
    }

    #take(line) {
        let event;
        try {
            event = JSON.parse(line);
        } catch {
            this.strayLines.push(line);
            return;
        }
        this.events.push(event);
        for (const waiter of this.#waiting) {
            waiter(event);
        }
    }

    /** The first diagnostic, past or future, that `wanted` takes; fails when mcp-orch ends. */
    event(what, wanted, limitMs = guardMs) {
        const known = this.events.find(wanted);
        if (known !== undefined) {
            return known;
        }
        let waiter;
        const seen = new Promise((resolve) => {
            waiter = (event) => { if (wanted(event)) { resolve(event); } };
            this.#waiting.add(waiter);
        });
        const premature = this.ended.then(({ code, signal }) => {
            throw new Error(`mcp-orch ended before ${what} (${code ?? signal}):\n`
                + this.transcript());
        });
        return within(what, Promise.race([seen, premature]), limitMs)
            .finally(() => this.#waiting.delete(waiter));
    }

    async #becomeReady() {
        const isReady = (event) => event.component === 'app'
            && event.message.startsWith('ready at http://');
        const ready = await this.event('it was ready', isReady, startLimitMs);
        this.url = /http:\/\/127\.0\.0\.1:\d+/.exec(ready.message)[0];
    }

    transcript() {
        return [...this.events.map((event) => JSON.stringify(event)), ...this.strayLines]
            .slice(-40).join('\n');
    }

    get running() {
        return this.#child.exitCode === null && this.#child.signalCode === null;
    }

    get adminToken() {
        return readFileSync(join(this.dataDir, 'admin-token'), 'utf8').trim();
    }

    /** A new project key. */
    async createKey(name) {
        const { code, stdout, stderr } = await this.cli(
            ['key', 'create', '--project', 'default', '--name', name]);
        if (code !== 0) {
            throw new Error(`key create: exit code ${code}: ${stderr}`);
        }
        return stdout.trim().split(/\s+/).at(-1);
    }

    /** A command line verb against this orchestrator. */
    cli(args, options) {
        return run([...args, '--data-dir', this.dataDir], options);
    }

    /** What the orchestrator says that its REST API answers. */
    async contract() {
        this.#contract ??= fetch(new URL('/openapi.json', this.url))
            .then(async (answer) => new Contract(await answer.json()));
        return this.#contract;
    }

    /** One REST request, the answer held against the contract; `token` defaults to the
     * administrator's. */
    async api(path, { method = 'GET', body, token = this.adminToken, headers = {} } = {}) {
        const response = await fetch(new URL(path, this.url), {
            method,
            headers: {
                ...(token === null ? {} : { authorization: `Bearer ${token}` }),
                ...(body === undefined ? {} : { 'content-type': 'application/json' }),
                ...headers,
            },
            body: typeof body === 'string' || body === undefined ? body : JSON.stringify(body),
            signal: AbortSignal.timeout(2 * guardMs),
        });
        const text = await response.text();
        let json;
        try {
            json = JSON.parse(text);
        } catch {
            json = undefined;
        }
        const answer = { status: response.status, headers: response.headers, text, json };
        (await this.contract()).check(method, new URL(path, this.url).pathname, answer);
        return answer;
    }

    /** What the list of servers says of one. */
    async server(name) {
        const { json } = await this.api('/api/projects/default/servers');
        return json.find((server) => server.name === name);
    }

    /** Asks politely; resolves to {code, signal}. */
    stop(signal = 'SIGTERM') {
        if (this.running) {
            this.#child.kill(signal);
        }
        return within('mcp-orch ending', this.ended, 2 * guardMs);
    }

    kill() {
        return this.stop('SIGKILL');
    }

    /** Ends it and removes its files; for `after` hooks. */
    async dispose() {
        try {
            await this.stop();
        } finally {
            if (this.running) {
                await this.kill();
            }
            await this.workspace.remove();
        }
    }
}
