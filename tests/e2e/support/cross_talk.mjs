// Many clients that look alike call one server, and count what does not belong to them.

import { randomUUID } from 'node:crypto';
import { initializeParams, messagesOf, request } from './raw_session.mjs';
import { eventually } from './deadline.mjs';
import { urlPath } from './client.mjs';
import { Wire } from './wire.mjs';

const acceptsBoth = 'application/json, text/event-stream';
/** Each of so many calls asks for progress, with its id as the token. */
const progressEvery = 8;
/** As servers/scatter.mjs has it. */
const reportsPerCall = 2;

/** What all clients saw together. */
const noneYet = () => ({ answers: 0, wrong: 0, twice: 0, refused: 0, expectedReports: 0, reports: 0,
    strayReports: 0, examples: [] });

/** A client over either transport: ids 0, 1, 2, … and a nonce of its own in each call. */
class Client {
    #open = new Map();
    #nextId = 0;
    #name = randomUUID();

    constructor(url, key, totals) {
        this.url = url;
        this.headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
        this.totals = totals;
    }

    get openCalls() {
        return this.#open.size;
    }

    /** The body of the next call. */
    nextCall() {
        const id = this.#nextId++;
        const nonce = `${this.#name}-${id}`;
        const wantsProgress = id % progressEvery === 0;
        this.totals.expectedReports += wantsProgress ? reportsPerCall : 0;
        this.#open.set(id, { nonce, wantsProgress });
        return request(id, 'tools/call', { name: 'scatter', arguments: { nonce },
            ...(wantsProgress ? { _meta: { progressToken: id } } : {}) });
    }

    /** The id of `initialize` is one of the ids that every client uses. */
    hello() {
        return request(this.#nextId++, 'initialize', initializeParams('cross-talk'));
    }

    take(message) {
        if (message.method === 'notifications/progress') {
            this.#takeReport(message.params);
        } else if (message.result?.serverInfo !== undefined) {
            this.welcomed = true;
        } else {
            this.#takeAnswer(message);
        }
    }

    #takeReport({ progressToken, message }) {
        const call = this.#open.get(progressToken);
        this.totals.reports += 1;
        if (!call?.wantsProgress || call.nonce !== message) {
            this.totals.strayReports += 1;
            this.#note({ progressToken, message });
        }
    }

    #takeAnswer(message) {
        const call = this.#open.get(message.id);
        if (call === undefined) {
            this.totals.twice += 1;
            this.#note(message);
            return;
        }
        this.#open.delete(message.id);
        if (message.error !== undefined) {
            this.totals.refused += 1;
            this.#note(message);
        } else if (message.result.content[0].text !== call.nonce) {
            this.totals.wrong += 1;
            this.#note(message);
        }
        this.totals.answers += 1;
        this.onAnswer();
    }

    #note(what) {
        if (this.totals.examples.length < 5) {
            this.totals.examples.push({ client: this.#name, ...what });
        }
    }
}

/** One stream for all answers, one connection for all posts. */
class EventClient extends Client {
    #rest = '';

    async open() {
        this.stream = new Wire(this.url, (_, part) => this.#read(part.data ?? ''));
        this.stream.send('', 'GET', this.url.pathname,
            { ...this.headers, accept: 'text/event-stream' });
        await eventually('an endpoint', () => this.endpoint !== undefined);
        this.posts = new Wire(this.url, (_, { status }) => {
            if (status !== undefined && status !== 202) {
                this.totals.refused += 1;
            }
        });
        this.#post(this.hello());
        await eventually('the answer to initialize', () => this.welcomed);
        this.#post('{"jsonrpc":"2.0","method":"notifications/initialized"}');
    }

    #post(body) {
        this.posts.send('', 'POST', this.endpoint, this.headers, body);
    }

    call() {
        this.#post(this.nextCall());
    }

    #read(text) {
        const events = (this.#rest + text).split('\n\n');
        this.#rest = events.pop();
        for (const event of events) {
            const data = /^data: (.*)$/m.exec(event)?.[1];
            if (event.startsWith('event: endpoint')) {
                this.endpoint = data;
            } else if (data) {
                this.take(JSON.parse(data));
            }
        }
    }

    close() {
        this.stream.close();
        this.posts.close();
    }
}

/** A connection for each call that may be open at a time. */
class RequestClient extends Client {
    #idle = [];
    #wires = new Set();

    async open() {
        this.#send(this.hello());
        await eventually('the answer to initialize', () => this.welcomed);
        this.#send('{"jsonrpc":"2.0","method":"notifications/initialized"}');
        await eventually('the end of the handshake', () => this.#idle.length === 1);
    }

    #wire() {
        const wire = new Wire(this.url, (_, part) => this.#read(wire, part));
        this.#wires.add(wire);
        return wire;
    }

    #send(body) {
        const wire = this.#idle.pop() ?? this.#wire();
        wire.send('', 'POST', this.url.pathname, { ...this.headers, accept: acceptsBoth,
            ...(this.sessionId === undefined ? {} : { 'mcp-session-id': this.sessionId }) }, body);
    }

    #read(wire, { status, headers, data, end }) {
        if (status !== undefined) {
            wire.type = headers['content-type'];
            wire.isLast = headers.connection === 'close';
            wire.text = '';
            this.sessionId ??= headers['mcp-session-id'];
        } else if (end) {
            this.#finish(wire);
            messagesOf(wire.type, wire.text).forEach((message) => this.take(message));
        } else {
            wire.text += data;
        }
    }

    /** An answer that was a stream ends its connection. */
    #finish(wire) {
        if (wire.isLast) {
            this.#wires.delete(wire);
            wire.close();
        } else {
            this.#idle.push(wire);
        }
    }

    call() {
        this.#send(this.nextCall());
    }

    close() {
        this.#wires.forEach((wire) => wire.close());
    }
}

/**
 * `clients` clients, half of them over each transport, together make `answers` calls, `lanes` at a
 * time each. Resolves to the totals when every call is answered, or when nothing comes any more.
 */
export async function crossTalk(orchestrator, { server, key, clients = 200, answers, lanes = 4 }) {
    const totals = noneYet();
    const kinds = [[EventClient, 'server_sse'], [RequestClient, 'server_http']];
    const all = Array.from({ length: clients }, (_, index) => {
        const [Kind, entryPath] = kinds[index % kinds.length];
        return new Kind(new URL(urlPath(entryPath, server), orchestrator.url), key, totals);
    });
    orchestrator.workspace.closers.push(() => all.forEach((client) => client.close()));
    await Promise.all(all.map((client) => client.open()));

    const begun = Date.now();
    let asked = 0;
    for (const client of all) {
        client.onAnswer = () => {
            if (asked < answers) {
                asked += 1;
                client.call();
            }
        };
    }
    for (let lane = 0; lane < lanes; ++lane) {
        all.forEach((client) => client.onAnswer());
    }
    let seen = -1;
    while (totals.answers < asked && totals.answers !== seen) {
        seen = totals.answers;
        await eventually('another answer', () => totals.answers !== seen).catch(() => {});
    }
    const seconds = (Date.now() - begun) / 1000;
    const lost = all.reduce((sum, client) => sum + client.openCalls, 0);
    all.forEach((client) => client.close());
    return { ...totals, lost, seconds, perSecond: Math.round(totals.answers / seconds) };
}
