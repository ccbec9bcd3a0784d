// server-everything as a server of its own, reached over HTTP.

import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { eventually } from './deadline.mjs';
import { everything } from './server_definitions.mjs';

const loopback = fileURLToPath(new URL('loopback.cjs', import.meta.url));

/** A port of 127.0.0.1 that nobody listens on. */
export function freePort() {
    return new Promise((resolve) => {
        const server = createServer().listen(0, '127.0.0.1', () => {
            const { port } = server.address();
            server.close(() => resolve(port));
        });
    });
}

const answers = (port) => new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
        .on('connect', () => { socket.destroy(); resolve(true); })
        .on('error', () => resolve(false));
});

export class RemoteEverything {
    #child;

    /** `mode` is `streamableHttp` or `sse`. */
    static async start(mode) {
        const server = new RemoteEverything(mode, await freePort());
        await server.start();
        return server;
    }

    constructor(mode, port) {
        this.mode = mode;
        this.port = port;
        this.url = `http://127.0.0.1:${port}/${mode === 'sse' ? 'sse' : 'mcp'}`;
    }

    /** Also after `kill`, on the same port. */
    async start() {
        const [script] = everything().args;
        this.#child = spawn(process.execPath, ['--require', loopback, script, this.mode],
            { env: { ...process.env, PORT: String(this.port) }, stdio: 'ignore' });
        await eventually(`${this.url} listening`, () => answers(this.port));
    }

    kill() {
        const child = this.#child;
        if (child.exitCode !== null || child.signalCode !== null) {
            return Promise.resolve();
        }
        return new Promise((resolve) => {
            child.on('close', resolve);
            child.kill('SIGKILL');
        });
    }
}
