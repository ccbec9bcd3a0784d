// A network between a client and an orchestrator, which can break.

import { once } from 'node:events';
import { connect, createServer } from 'node:net';

export class CutProxy {
    #sockets = new Set();
    /** What the orchestrator sent so far. */
    seen = '';
    /** The heads of the requests so far. */
    asked = '';

    static async start(orchestrator) {
        const proxy = new CutProxy();
        const { hostname, port } = new URL(orchestrator.url);
        proxy.server = createServer((client) => {
            const far = connect(Number(port), hostname);
            for (const [socket, other] of [[client, far], [far, client]]) {
                proxy.#sockets.add(socket);
                socket.on('error', () => {});
                socket.on('close', () => {
                    proxy.#sockets.delete(socket);
                    other.destroy();
                });
            }
            client.on('data', (chunk) => { proxy.asked += chunk; });
            far.on('data', (chunk) => { proxy.seen += chunk; });
            client.pipe(far);
            far.pipe(client);
        });
        proxy.server.listen(0, '127.0.0.1');
        await once(proxy.server, 'listening');
        proxy.url = `http://127.0.0.1:${proxy.server.address().port}`;
        orchestrator.workspace.closers.push(() => proxy.close());
        return proxy;
    }

    /** Breaks all connections; new ones are fine. */
    cut() {
        this.#sockets.forEach((socket) => socket.destroy());
    }

    close() {
        this.server.close();
        this.cut();
    }
}
