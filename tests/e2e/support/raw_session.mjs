// MCP sessions by bare HTTP, for what real clients never send.

import { urlPath } from './client.mjs';
import { guardMs, within } from './deadline.mjs';
import { EventReader } from './event_reader.mjs';

export const initializeParams = (name = 'e2e-raw', protocolVersion = '2025-06-18') => ({
    protocolVersion, capabilities: {}, clientInfo: { name, version: '1.0.0' },
});

export const request = (id, method, params) =>
    JSON.stringify({ jsonrpc: '2.0', id, method, params });
export const callRequest = (id, name, args) =>
    request(id, 'tools/call', { name, arguments: args });

/** The JSON-RPC messages of a response body, be it JSON or an event stream. */
export function messagesOf(contentType, text) {
    if (!contentType?.startsWith('text/event-stream')) {
        return text === '' ? [] : [JSON.parse(text)].flat();
    }
    return text.split(/\r?\n/)
        .filter((line) => line.startsWith('data:') && line.length > 6)
        .map((line) => JSON.parse(line.slice(5)));
}

/** A Streamable HTTP session. */
export class RawHttpSession {
    /** What `listen` and `stream` opened. */
    readers = [];

    constructor(url, key, sessionId) {
        this.url = url;
        this.key = key;
        this.sessionId = sessionId;
    }

    static async open(orchestrator, server, key, project,
        { version, entryPath = 'server_http' } = {}) {
        const session = new RawHttpSession(
            new URL(urlPath(entryPath, server, project), orchestrator.url), key);
        orchestrator.workspace.closers.push(() => session.readers.forEach((one) => one.cut()));
        const { headers, messages } = await session.post(
            request(0, 'initialize', initializeParams('e2e-raw', version)));
        session.sessionId = headers.get('mcp-session-id');
        session.serverInfo = messages[0].result.serverInfo;
        await session.post('{"jsonrpc":"2.0","method":"notifications/initialized"}');
        return session;
    }

    #headers(body, more) {
        return {
            authorization: `Bearer ${this.key}`,
            accept: 'application/json, text/event-stream',
            ...(body === undefined ? {} : { 'content-type': 'application/json' }),
            ...(this.sessionId === undefined ? {} : { 'mcp-session-id': this.sessionId }),
            ...more,
        };
    }

    /** A POST whose answer is read as it comes. */
    async stream(body, headers = {}) {
        const reader = await EventReader.open(this.url,
            { method: 'POST', body, headers: this.#headers(body, headers) });
        this.readers.push(reader);
        return reader;
    }

    /** The stream outside of requests, or the one of `lastEventId`. */
    async listen(lastEventId, headers = {}) {
        const reader = await EventReader.open(this.url, { headers: this.#headers(undefined,
            { ...(lastEventId === undefined ? {} : { 'last-event-id': lastEventId }), ...headers }) });
        this.readers.push(reader);
        return reader;
    }

    /** Any request on the session's URL; `body` is sent as it is. */
    async send(method, body, headers = {}) {
        const response = await fetch(this.url, {
            method,
            body,
            headers: this.#headers(body, headers),
            signal: AbortSignal.timeout(2 * guardMs),
        });
        const text = await response.text();
        const type = response.headers.get('content-type');
        let messages = [];
        try {
            messages = messagesOf(type, text);
        } catch {
            // The caller judges a body that is no JSON by `text`.
        }
        return { status: response.status, headers: response.headers, text, messages };
    }

    post(body, headers) {
        return this.send('POST', body, headers);
    }
}

/** An HTTP+SSE session; `messages` grows as events arrive. */
export class RawEventSession {
    #abort = new AbortController();
    #waiting = [];
    #buffer = '';
    messages = [];

    static async open(orchestrator, path, key) {
        const session = new RawEventSession();
        session.key = key;
        orchestrator.workspace.closers.push(() => session.close());
        const response = await fetch(new URL(path, orchestrator.url), {
            headers: { authorization: `Bearer ${key}`, accept: 'text/event-stream' },
            signal: session.#abort.signal,
        });
        session.status = response.status;
        session.headers = response.headers;
        if (response.status === 200) {
            session.#read(response.body);
            const endpoint = await session.next('endpoint');
            session.endpoint = new URL(endpoint.data, orchestrator.url);
            session.rawEndpoint = endpoint.data;
        }
        return session;
    }

    async #read(stream) {
        try {
            for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
                this.#buffer = (this.#buffer + chunk).replaceAll('\r\n', '\n');
                const events = this.#buffer.split('\n\n');
                this.#buffer = events.pop();
                events.forEach((event) => this.#take(event));
            }
        } catch {
            // Closed by us or by the server; whoever waits runs into the guard.
        }
    }

    #take(event) {
        const lines = event.split('\n');
        const field = (name) => lines.filter((line) => line.startsWith(`${name}: `))
            .map((line) => line.slice(name.length + 2)).join('\n');
        if (field('data') === '') {
            return;
        }
        const taken = { event: field('event') || 'message', data: field('data') };
        this.messages.push(taken);
        this.#waiting.forEach((waiter) => waiter(taken));
    }

    /** The first event of a kind, or the first message with this id. */
    next(kind, id) {
        const wanted = (taken) => taken.event === kind
            && (id === undefined || JSON.parse(taken.data).id === id);
        const known = this.messages.find(wanted);
        return within(`an event ${kind} ${id ?? ''}`, known !== undefined ? Promise.resolve(known)
            : new Promise((resolve) => {
                this.#waiting.push((taken) => { if (wanted(taken)) { resolve(taken); } });
            }));
    }

    async post(body, { url = this.endpoint, key = this.key, headers = {} } = {}) {
        const response = await fetch(url, {
            method: 'POST',
            body,
            headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json',
                ...headers },
        });
        return { status: response.status, text: await response.text() };
    }

    /** A request and its answer from the stream. */
    async ask(id, method, params, options) {
        const { status, text } = await this.post(request(id, method, params), options);
        if (status !== 202) {
            throw new Error(`POST answered ${status}: ${text}`);
        }
        return JSON.parse((await this.next('message', id)).data);
    }

    close() {
        this.#abort.abort();
    }
}
