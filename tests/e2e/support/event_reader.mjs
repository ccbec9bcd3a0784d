// One event stream as it comes, with everything that a client library keeps for itself.

import { within } from './deadline.mjs';

/** An event: {id, event, data, retry}, absent fields undefined; or {comment}. */
function parse(block) {
    const event = {};
    for (const line of block.split('\n')) {
        const [, name, value] = /^([^:]*):? ?(.*)$/.exec(line);
        if (name === '') {
            event.comment = value;
        } else {
            event[name] = event[name] === undefined ? value : `${event[name]}\n${value}`;
        }
    }
    return event;
}

/** Neither the address of HTTP+SSE nor an event without data. */
const isMessage = ({ event, data }) => data && event !== 'endpoint';

export class EventReader {
    #abort = new AbortController();
    #waiting = new Set();
    events = [];

    /** Resolves when the head of the answer is there; it need not be a stream. */
    static async open(url, { method = 'GET', headers, body } = {}) {
        const reader = new EventReader();
        const response = await within(`the head of ${method} ${url}`, fetch(url,
            { method, headers, body, signal: reader.#abort.signal }));
        reader.status = response.status;
        reader.headers = response.headers;
        reader.streams = response.headers.get('content-type') === 'text/event-stream';
        if (reader.streams) {
            reader.ended = reader.#read(response.body);
        } else {
            reader.text = await response.text();
        }
        return reader;
    }

    async #read(stream) {
        let buffer = '';
        try {
            for await (const chunk of stream.pipeThrough(new TextDecoderStream())) {
                buffer += chunk;
                const blocks = buffer.split('\n\n');
                buffer = blocks.pop();
                blocks.forEach((block) => this.#take(parse(block)));
            }
            return 'finished';
        } catch {
            return 'broken';
        }
    }

    #take(event) {
        this.events.push(event);
        for (const waiter of this.#waiting) {
            waiter();
        }
    }

    /** The first event, past or future, that `wanted` takes. */
    next(what, wanted) {
        return within(what, new Promise((resolve) => {
            const look = () => {
                const found = this.events.find(wanted);
                if (found !== undefined) {
                    this.#waiting.delete(look);
                    resolve(found);
                }
            };
            this.#waiting.add(look);
            look();
        }));
    }

    /** The first message that `wanted` takes, parsed. */
    async message(what, wanted) {
        const { data } = await this.next(what, (event) => isMessage(event)
            && wanted(JSON.parse(event.data)));
        return JSON.parse(data);
    }

    get messages() {
        return this.events.filter(isMessage).map(({ data }) => JSON.parse(data));
    }

    get lastId() {
        return this.events.findLast(({ id }) => id !== undefined)?.id;
    }

    /** Breaks the connection. */
    cut() {
        this.#abort.abort();
    }
}
