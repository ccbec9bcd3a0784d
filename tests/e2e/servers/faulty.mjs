// An MCP server with faults on demand. Its tools misbehave when they are called; its flags make it
// misbehave from the start:
//   --starts FILE     append the pid to FILE at each start
//   --exit CODE       end at once
//   --silent          read everything, answer nothing
//   --hang-list       answer initialize, never tools/list
//   --list-when FIFO  answer tools/list once somebody has opened FIFO for writing
//   --noise           write lines that are no JSON before and between messages
//   --mutter COUNT    write that many lines to stderr
//   --stubborn        ignore SIGTERM and the end of stdin
//   --description TEXT  describe the tool `echo` with TEXT

import { spawn } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { noAnswer, notify, RpcError, send, serve, writeRaw } from './stdio_peer.mjs';

const flag = (name) => process.argv.includes(name);
const option = (name) => (flag(name) ? process.argv[process.argv.indexOf(name) + 1] : undefined);

if (option('--starts') !== undefined) {
    appendFileSync(option('--starts'), `${process.pid}\n`);
}
if (option('--exit') !== undefined) {
    process.stderr.write('refusing to start, as told\n');
    process.exit(Number(option('--exit')));
}
if (flag('--noise')) {
    await writeRaw('npm WARN deprecated everything\n\n\u001b[32mready\u001b[0m\n'
        + '{"half": \n[]\n42\n');
}
for (let line = 1; line <= Number(option('--mutter') ?? 0); ++line) {
    process.stderr.write(`Muttering line ${line}\n`);
}
if (flag('--stubborn')) {
    process.on('SIGTERM', () => {});
    setInterval(() => {}, 60_000);
}

const text = (value) => ({
    content: [{ type: 'text', text: typeof value === 'string' ? value : JSON.stringify(value) }],
});

const seenIds = [];
const cancelledNonces = [];
const nonceOfOpenCall = new Map();
const grown = [];
/** Once the lists may be told. */
let mayList;
/** By nonce, what ends a call of `hold`. */
const held = new Map();

/** Name → [description, function of (arguments, request id, params)]. */
const tools = {
    echo: [option('--description') ?? 'Gives back the nonce, with the pid and id that served it.',
        ({ nonce }, id) => text({ nonce, id, pid: process.pid })],
    slow: ['Answers after `ms`, and not a moment sooner.', async ({ ms, nonce }) => {
        const begin = performance.now();
        // A timer counts from the last turn of the event loop, so it may end early.
        for (let left = ms; left > 0; left = ms - (performance.now() - begin)) {
            await delay(Math.ceil(left));
        }
        return text({ nonce });
    }],
    hang: ['Never answers.', ({ nonce }, id) => {
        nonceOfOpenCall.set(id, nonce);
        return noAnswer;
    }],
    hold: ['Answers when `release` names its nonce; reports progress before and after.',
        async ({ nonce }, id, params) => {
            const progressToken = params._meta?.progressToken;
            const report = (progress) => (progressToken === undefined ? undefined
                : notify('notifications/progress', { progressToken, progress, message: nonce }));
            await report(1);
            await new Promise((resolve) => { held.set(nonce, resolve); });
            await report(2);
            return text({ nonce });
        }],
    held: ['The nonces of the calls that `hold` holds.', () => text([...held.keys()])],
    release: ['Lets a call of `hold` answer; tells whether there was one.', ({ nonce }) => {
        held.get(nonce)?.();
        return text({ released: held.delete(nonce) });
    }],
    open_calls: ['Nonces of calls of `hang`, and of those that were cancelled.',
        () => text({ open: [...nonceOfOpenCall.values()], cancelled: cancelledNonces })],
    seen_ids: ['Every request id so far.', () => text(seenIds)],
    fail: ['Answers that the tool failed.', ({ message = 'the tool failed' }) => ({
        ...text(message), isError: true,
    })],
    refuse: ['Answers with a JSON-RPC error.', ({ code = -32602, message = 'refused' }) => {
        throw new RpcError(code, message);
    }],
    crash: ['Ends in the middle of the call.', ({ signal, code = 1 }) => {
        if (signal !== undefined) {
            process.kill(process.pid, signal);
        } else {
            process.exit(code);
        }
        return noAnswer;
    }],
    size: ['Answers with that many bytes.', ({ bytes }) => text('x'.repeat(bytes))],
    long_line: ['Writes one line of that many bytes, then answers.', async ({ bytes, nonce }) => {
        const line = Buffer.alloc(bytes + 1, 'y');
        line[bytes] = 0x0a;
        await writeRaw(line);
        return text({ nonce });
    }],
    noise: ['Writes lines that are no messages, then answers.', async ({ nonce }) => {
        await writeRaw('debug: working\n\n{"jsonrpc":"2.0","id":}\n[1,2\n"text"\n');
        await writeRaw(Buffer.from([0xff, 0xfe, 0x00, 0x0a]));
        return text({ nonce });
    }],
    utter: ['Writes these bytes (base64) as a line, then answers.', async ({ bytes, nonce }) => {
        await writeRaw(Buffer.concat([Buffer.from(bytes, 'base64'), Buffer.from('\n')]));
        return text({ nonce, pid: process.pid });
    }],
    carriage_returns: ['Breaks its messages between tokens.', async ({ nonce }, id) => {
        await writeRaw(Buffer.from('{"jsonrpc":"2.0",\r"method":"notifications/message",\r\r'
            + '"params":{"level":"error","data":"broken"}}\n'));
        await writeRaw(Buffer.from(`{"jsonrpc":"2.0",\r"id":${JSON.stringify(id)},\r"result":\r${
            JSON.stringify(text({ nonce }))}\r}\n`));
        return noAnswer;
    }],
    strange_ids: ['Answers requests that were never made, then its own twice.',
        async ({ nonce }, id) => {
            for (const wrong of [-1, 'no-such-id', null, 1e15, [id]]) {
                await send({ id: wrong, result: text({ nonce: 'stolen' }) });
            }
            await send({ id, result: text({ nonce }) });
            return text({ nonce: 'duplicate' });
        }],
    progress: ['Reports `steps` steps, some with tokens of nobody.',
        async ({ steps, nonce }, id, params) => {
            const token = params._meta?.progressToken;
            await notify('notifications/progress', { progressToken: 'nobody', progress: 99 });
            for (let step = 1; step <= steps && token !== undefined; ++step) {
                await notify('notifications/progress',
                    { progressToken: token, progress: step, total: steps, message: nonce });
            }
            // Clients drop a report that shares a read with the answer.
            await delay(50);
            return text({ nonce, token: token !== undefined });
        }],
    grow: ['Adds a tool and says so.', async ({ name }) => {
        grown.push(name);
        await notify('notifications/tools/list_changed');
        return text('grown');
    }],
    daemon: ['Leaves a process behind that left the process group and ignores SIGTERM.', () => {
        const script = 'process.on("SIGTERM", () => {}); setInterval(() => {}, 60000);'
            + 'process.stdout.write("on");';
        const child = spawn(process.execPath, ['-e', script],
            { detached: true, stdio: ['ignore', 'pipe', 'ignore'] });
        return new Promise((resolve) => {
            child.stdout.once('data', () => resolve(text({ pid: child.pid })));
        });
    }],
    environment: ['The environment of this process.', () => text(process.env)],
};

const describe = (name, description) => ({
    name, description, inputSchema: { type: 'object', additionalProperties: true },
});

serve({
    requests: flag('--silent') ? new Proxy({}, { get: () => () => noAnswer }) : {
        initialize: ({ protocolVersion }) => ({
            protocolVersion,
            capabilities: { tools: { listChanged: true } },
            serverInfo: { name: 'faulty', version: '1.0.0' },
        }),
        ping: () => ({}),
        'tools/list': async () => {
            if (option('--list-when') !== undefined) {
                mayList ??= readFile(option('--list-when'));
                await mayList;
            }
            return flag('--hang-list') ? noAnswer : {
                tools: [...Object.entries(tools).map(([name, [description]]) =>
                    describe(name, description)),
                ...grown.map((name) => describe(name, 'Grown.'))],
            };
        },
        'tools/call': async (params, id) => {
            seenIds.push(id);
            if (flag('--noise')) {
                await writeRaw('called\n');
            }
            const tool = tools[params.name];
            if (tool === undefined) {
                throw new RpcError(-32602, `no tool ${params.name}`);
            }
            return tool[1](params.arguments ?? {}, id, params);
        },
    },
    notifications: {
        'notifications/cancelled': ({ requestId }) => {
            if (nonceOfOpenCall.has(requestId)) {
                cancelledNonces.push(nonceOfOpenCall.get(requestId));
                nonceOfOpenCall.delete(requestId);
            }
        },
    },
});
