// `mcp-orch connect` by its pipes, for what real clients never write.

import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { guardMs, within } from './deadline.mjs';
import { binary } from './orchestrator.mjs';
import { initializeParams, request } from './raw_session.mjs';

export class StdioBridge {
    #child;
    #waiting = new Set();
    /** What came on stdout, line by line, parsed. */
    messages = [];
    stderr = '';

    constructor(orchestrator, args, { env = {} } = {}) {
        this.#child = spawn(binary, ['connect', ...args],
            { env: { PATH: process.env.PATH, ...env }, stdio: ['pipe', 'pipe', 'pipe'] });
        orchestrator.workspace.closers.push(() => this.kill());
        this.#child.stdin.on('error', () => {});
        this.#child.stderr.on('data', (chunk) => { this.stderr += chunk; });
        createInterface({ input: this.#child.stdout }).on('line', (line) => {
            // Whatever is no JSON fails the test that reads it.
            const message = line.startsWith('{') || line.startsWith('[') ? JSON.parse(line) : line;
            this.messages.push(message);
            this.#waiting.forEach((waiter) => waiter(message));
        });
        this.ended = new Promise((resolve) => {
            this.#child.on('close', (code, signal) => resolve({ code, signal }));
        });
    }

    static async open(orchestrator, server, options = {}) {
        const bridge = new StdioBridge(orchestrator, ['--project', 'default',
            ...(server === undefined ? [] : ['--server', server]),
            '--data-dir', orchestrator.dataDir, ...(options.args ?? [])], options);
        await bridge.ask(0, 'initialize', initializeParams());
        bridge.send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
        return bridge;
    }

    /** A line, or bytes as they are. */
    send(line) {
        this.#child.stdin.write(typeof line === 'string' ? `${line}\n` : line);
    }

    /** The first message, past or future, that `wanted` takes. */
    next(what, wanted) {
        const known = this.messages.find(wanted);
        return within(what, known !== undefined ? Promise.resolve(known)
            : new Promise((resolve) => {
                const waiter = (message) => {
                    if (wanted(message)) {
                        this.#waiting.delete(waiter);
                        resolve(message);
                    }
                };
                this.#waiting.add(waiter);
            }), 2 * guardMs);
    }

    /** A request and its answer. */
    ask(id, method, params) {
        this.send(request(id, method, params));
        return this.next(`the answer to ${method}`, (message) => message.id === id
            && message.method === undefined);
    }

    /** Closes its input and resolves to {code, signal}. */
    end() {
        this.#child.stdin.end();
        return within('the end of connect', this.ended);
    }

    kill(signal = 'SIGKILL') {
        this.#child.kill(signal);
        return within('the end of connect', this.ended);
    }
}
