// A remote MCP server inside of the test, which fails in the ways that it is asked for.

import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { createServer as createSecureServer } from 'node:https';

const tools = ['echo', 'stream', 'drop', 'break', 'resume', 'hang', 'huge', 'page', 'silent',
    'broken', 'unavailable', 'other', 'endless', 'once'];

const describe = (name) => ({ name, description: `does ${name}`,
    inputSchema: { type: 'object', properties: {} } });

const result = (id, text) => ({ jsonrpc: '2.0', id, result: { content: [{ type: 'text', text }] } });

const event = (message, id) => `event: message\n${id === undefined ? '' : `id: ${id}\n`}`
    + `data: ${JSON.stringify(message)}\n\n`;

/** What each tool does with the response of its POST. */
const acts = {
    echo: (fixture, { id, params }, response) =>
        fixture.json(response, result(id, JSON.stringify(params.arguments ?? {}))),
    stream: (fixture, { id, params }, response) => {
        fixture.stream(response);
        const progressToken = params._meta?.progressToken;
        if (progressToken !== undefined) {
            response.write(event({ jsonrpc: '2.0', method: 'notifications/progress',
                params: { progressToken, progress: 1 } }));
        }
        response.end(event(result(id, 'streamed')));
    },
    drop: (fixture, message, response) => response.socket.destroy(),
    break: (fixture, message, response) => {
        fixture.stream(response);
        response.write(': hello\n\n', () => response.socket.destroy());
    },
    // The stream breaks after an event; the answer waits for whoever takes it up.
    resume: (fixture, { id }, response) => {
        const last = randomUUID();
        fixture.resumable.set(last, event(result(id, 'resumed'), `${last}-1`));
        fixture.stream(response);
        response.write(`id: ${last}\nretry: 100\ndata: \n\n`, () => response.socket.destroy());
    },
    hang: () => {},
    huge: (fixture, { id }, response) => fixture.json(response, result(id, 'x'.repeat(3 << 20))),
    page: (fixture, message, response) => response.writeHead(200, { 'content-type': 'text/html' })
        .end('<html></html>'),
    silent: (fixture, message, response) => response.writeHead(202).end(),
    broken: (fixture, message, response) =>
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"jsonrpc": oops'),
    unavailable: (fixture, message, response) => response
        .writeHead(503, { 'content-type': 'text/plain' }).end('under repair'),
    other: (fixture, message, response) => fixture.json(response, result(987654321, 'not yours')),
    endless: (fixture, message, response) => {
        response.writeHead(200, { 'content-type': 'application/json' });
        const more = () => {
            while (!response.destroyed && response.write(' '.repeat(65536))) {
                // Until the other side reads slower than this.
            }
        };
        response.on('drain', more).on('error', () => {});
        more();
    },
    // Answered 404 the first time, as if the session had just been forgotten.
    once: (fixture, { id }, response) => {
        fixture.json(response, result(id, `run ${fixture.runs += 1}`));
    },
};

export class RemoteFixture {
    requests = [];
    sessions = new Set();
    resumable = new Map();
    streams = new Set();
    runs = 0;
    /** What `GET /mcp` answers: `stream` or a status. */
    ownStream = 'stream';

    /** `tls`: key and certificate. */
    static async start(tls) {
        const fixture = new RemoteFixture();
        const handle = (request, response) => fixture.#take(request, response);
        fixture.server = tls === undefined ? createServer(handle)
            : createSecureServer(tls, handle);
        await new Promise((resolve) => { fixture.server.listen(0, '127.0.0.1', resolve); });
        const { port } = fixture.server.address();
        fixture.port = port;
        fixture.origin = `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`;
        fixture.url = `${fixture.origin}/mcp`;
        return fixture;
    }

    close() {
        this.server.closeAllConnections();
        return new Promise((resolve) => { this.server.close(resolve); });
    }

    /** All clients have to begin again. */
    forget() {
        this.sessions.clear();
        this.streams.forEach((stream) => stream.destroy());
    }

    /** The messages that were posted, of one method if it is given. */
    posted(method) {
        return this.requests.filter(({ message }) => message !== undefined
            && (method === undefined || message.method === method));
    }

    calls(tool) {
        return this.posted('tools/call').filter(({ message }) => message.params.name === tool);
    }

    json(response, message, headers = {}) {
        response.writeHead(200, { 'content-type': 'application/json', ...headers })
            .end(JSON.stringify(message));
    }

    stream(response) {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.flushHeaders();
    }

    async #take(request, response) {
        let body = '';
        for await (const chunk of request) {
            body += chunk;
        }
        const url = new URL(request.url, this.origin);
        const message = request.method === 'POST' ? JSON.parse(body) : undefined;
        this.requests.push({ method: request.method, path: url.pathname, url: request.url,
            headers: request.headers, message });
        const page = this.#pages[url.pathname] ?? this.#pages.missing;
        page(request, response, message, url);
    }

    #pages = {
        missing: (request, response) => response.writeHead(404).end('no such page'),
        '/mcp': (request, response, message) => this.#streamable(request, response, message),
        '/moved': (request, response) => response.writeHead(307, { location: '/mcp' }).end(),
        '/away': (request, response) =>
            response.writeHead(307, { location: `${this.awayTo}/mcp` }).end(),
        // The transport of 2024-11-05, also for those that try the newer one first.
        '/sse': (request, response) => this.#events(request, response, '/messages'),
        '/foreign': (request, response) => this.#events(request, response,
            `${this.awayTo}/messages`),
        '/messages': (request, response, message, url) => {
            const stream = this.listeners.get(url.searchParams.get('id'));
            if (stream === undefined) {
                response.writeHead(404).end();
                return;
            }
            response.writeHead(202).end('Accepted');
            this.#answerOnStream(message, stream);
        },
    };

    listeners = new Map();

    #events(request, response, endpoint) {
        if (request.method !== 'GET') {
            response.writeHead(405).end();
            return;
        }
        const id = randomUUID();
        this.listeners.set(id, response);
        response.on('close', () => this.listeners.delete(id));
        this.stream(response);
        response.write(`event: endpoint\ndata: ${endpoint}?id=${id}\n\n`);
    }

    #answerOnStream(message, stream) {
        if (message.id === undefined || message.params?.name === 'hang') {
            return;
        }
        if (message.params?.name === 'drop') {
            stream.socket.destroy();
            return;
        }
        const answer = this.#plainAnswer(message)
            ?? result(message.id, JSON.stringify(message.params.arguments ?? {}));
        stream.write(event(answer));
    }

    #plainAnswer({ id, method, params }) {
        const results = {
            initialize: () => ({ protocolVersion: params.protocolVersion,
                capabilities: { tools: { listChanged: true } },
                serverInfo: { name: 'remote-fixture', version: '1.0.0' } }),
            'tools/list': () => ({ tools: tools.map(describe) }),
            ping: () => ({}),
        };
        return results[method] && { jsonrpc: '2.0', id, result: results[method]() };
    }

    #streamable(request, response, message) {
        const session = request.headers['mcp-session-id'];
        if (message?.method === 'initialize') {
            const id = randomUUID();
            this.sessions.add(id);
            this.json(response, this.#plainAnswer(message), { 'mcp-session-id': id });
        } else if (!this.sessions.has(session)) {
            response.writeHead(404).end();
        } else if (request.method === 'DELETE') {
            this.sessions.delete(session);
            response.writeHead(200).end();
        } else if (request.method === 'GET') {
            this.#get(request, response);
        } else if (message.id === undefined || message.method === undefined) {
            response.writeHead(202).end();
        } else if (message.method === 'tools/call') {
            acts[message.params.name](this, message, response);
        } else {
            this.json(response, this.#plainAnswer(message));
        }
    }

    #get(request, response) {
        const last = request.headers['last-event-id'];
        if (this.resumable.has(last)) {
            this.stream(response);
            response.end(this.resumable.get(last));
            this.resumable.delete(last);
        } else if (this.ownStream === 'stream') {
            this.streams.add(response);
            response.on('close', () => this.streams.delete(response));
            this.stream(response);
        } else {
            response.writeHead(this.ownStream).end();
        }
    }
}
