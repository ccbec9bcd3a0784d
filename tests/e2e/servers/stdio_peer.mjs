// The bare minimum of an MCP server over stdio, by hand: published libraries refuse to misbehave.

import { createInterface } from 'node:readline';

export class RpcError extends Error {
    constructor(code, message) {
        super(message);
        this.code = code;
    }
}

export const writeRaw = (text) => new Promise((resolve) => process.stdout.write(text, resolve));
export const send = (message) => writeRaw(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
export const notify = (method, params) => send({ method, params });

const asked = new Map();

/** Asks the client; the promise fails with its error. */
export function ask(method, params, id = `ask-${asked.size + 1}-${process.pid}`) {
    const answer = new Promise((resolve, reject) => { asked.set(id, { resolve, reject }); });
    send({ id, method, params });
    return answer;
}

function take(response) {
    const waiting = asked.get(response.id);
    if (response.error === undefined) {
        waiting?.resolve(response.result);
    } else {
        waiting?.reject(new RpcError(response.error.code, response.error.message));
    }
}

/** A handler returns this when the request is never to be answered. */
export const noAnswer = Symbol('no answer');

/**
 * Serves until stdin ends. `requests` and `notifications` map methods to functions of
 * (params, id).
 */
export function serve({ requests, notifications = {} }) {
    const answer = async ({ id, method, params }) => {
        const handler = requests[method];
        try {
            if (handler === undefined) {
                throw new RpcError(-32601, `no method ${method}`);
            }
            const result = await handler(params ?? {}, id);
            if (result !== noAnswer) {
                await send({ id, result });
            }
        } catch (error) {
            await send({ id, error: { code: error.code ?? -32603, message: error.message } });
        }
    };
    createInterface({ input: process.stdin }).on('line', (line) => {
        const message = JSON.parse(line);
        if (message.id === undefined) {
            notifications[message.method]?.(message.params ?? {});
        } else if (message.method !== undefined) {
            answer(message);
        } else {
            take(message);
        }
    }).on('close', () => process.exit(0));
}
