// A server whose answers come back in another order than the calls: its only tool gives the nonce
// back after a random while, and reports progress with the nonce if it was asked to.

import { setTimeout as delay } from 'node:timers/promises';
import { notify, RpcError, serve } from './stdio_peer.mjs';

const delayMsMax = 6;
const reports = 2;

const open = new Set();
let most = 0;

serve({
    requests: {
        initialize: ({ protocolVersion }) => ({
            protocolVersion,
            capabilities: { tools: {} },
            serverInfo: { name: 'scatter', version: '1.0.0' },
        }),
        ping: () => ({}),
        'tools/list': () => ({ tools: ['scatter', 'most_open'].map((name) =>
            ({ name, description: name, inputSchema: { type: 'object' } })) }),
        'tools/call': async ({ name, arguments: args = {}, _meta: meta = {} }, id) => {
            if (name === 'most_open') {
                return { content: [{ type: 'text', text: `${most}` }] };
            }
            if (name !== 'scatter' || open.has(id)) {
                throw new RpcError(-32602, `no tool ${name}, or ${id} is open`);
            }
            open.add(id);
            most = Math.max(most, open.size);
            for (let progress = 1; 'progressToken' in meta && progress <= reports; ++progress) {
                await delay(Math.random() * delayMsMax);
                notify('notifications/progress', { progressToken: meta.progressToken, progress,
                    total: reports, message: args.nonce });
            }
            await delay(Math.random() * delayMsMax);
            open.delete(id);
            return { content: [{ type: 'text', text: args.nonce }] };
        },
    },
});
