// Bytes to a socket, bytes back: for HTTP that no client library would send.

import { connect } from 'node:net';
import { guardMs } from './deadline.mjs';

/**
 * Sends `bytes` (a Buffer or a latin1 string) and resolves to everything that came back until the
 * peer closed, or until one whole answer was there.
 */
export function exchange(orchestrator, bytes, { half = false } = {}) {
    const { hostname, port } = new URL(orchestrator.url);
    return new Promise((resolve, reject) => {
        const socket = connect(Number(port), hostname);
        let received = '';
        const finish = () => {
            clearTimeout(guard);
            socket.destroy();
            resolve(received);
        };
        const guard = setTimeout(() => {
            socket.destroy();
            reject(new Error(`no answer to ${JSON.stringify(bytes.toString('latin1', 0, 80))}`));
        }, guardMs);
        socket.on('connect', () => {
            socket.write(bytes, 'latin1');
            if (half) {
                socket.end();
            }
        });
        socket.on('data', (chunk) => {
            received += chunk.toString('latin1');
            if (isWhole(received)) {
                finish();
            }
        });
        socket.on('close', finish);
        socket.on('error', () => finish());
    });
}

function isWhole(received) {
    const head = received.indexOf('\r\n\r\n');
    const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, head));
    return head >= 0 && length !== null && received.length >= head + 4 + Number(length[1]);
}

export const statusOf = (answer) => Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
