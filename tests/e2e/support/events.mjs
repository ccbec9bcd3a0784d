// A browser's EventSource as far as server-sent events are concerned.

import { EventSource } from 'eventsource';
import { eventually, guardMs, within } from './deadline.mjs';

/** Events of one address, kept in order as {type, id, data}. */
export class Events {
    all = [];
    #source;

    /** Resolves when the stream is open and said that it is ready. `headers` hold the credential. */
    static async open(orchestrator, path, headers) {
        const events = new Events(new URL(path, orchestrator.url), headers);
        await within(`the stream ${path}`, events.ready, guardMs);
        return events;
    }

    constructor(url, headers) {
        this.#source = new EventSource(url, { fetch: async (target, init) => {
            const response = await fetch(target,
                { ...init, headers: { ...init.headers, ...headers } });
            this.status = response.status;
            return response;
        } });
        this.ready = new Promise((resolve, reject) => {
            this.#source.addEventListener('ready', resolve);
            this.#source.addEventListener('error', (event) => {
                this.errors = (this.errors ?? 0) + 1;
                reject(new Error(`${this.status} ${event.message ?? ''}`));
            });
        });
        // Who does not wait for it hears of a failure by the test's own means.
        this.ready.catch(() => {});
        for (const type of ['ready', 'call', 'log']) {
            this.#source.addEventListener(type, ({ data, lastEventId: id }) =>
                this.all.push({ type, id, data: JSON.parse(data) }));
        }
    }

    /** What the events of that type carry. */
    of = (type) => this.all.filter((event) => event.type === type).map(({ data }) => data);

    /** Waits for `count` events of that type, and gives all. */
    async first(type, count, limitMs = guardMs) {
        await eventually(`${count} events`, () => this.of(type).length >= count, limitMs);
        return this.of(type);
    }

    /** Resolves when the server ended the stream. */
    ended = (limitMs = guardMs) =>
        eventually('the end of the stream', () => this.errors > 0, limitMs);

    close() {
        this.#source.close();
    }
}
