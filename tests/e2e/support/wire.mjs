// HTTP/1.1 by hand, for many clients in one process: requests are written without waiting, answers
// come in their order.

import { connect } from 'node:net';

const endOfHead = '\r\n\r\n';

/** One kept connection. `onPart(tag, event)` gets {status, headers} first, then {data} for each
 * piece of the body, and {end: true}; `tag` is what the request was sent with. */
export class Wire {
    #socket;
    #expected = [];
    #buffer = Buffer.alloc(0);
    /** What is left of the answer that is being read: a number of bytes, or chunks. */
    #body;

    constructor(url, onPart) {
        this.onPart = onPart;
        this.host = url.host;
        this.#socket = connect(Number(url.port), url.hostname);
        this.#socket.setNoDelay(true);
        this.#socket.on('data', (chunk) => this.#read(chunk));
        this.ended = new Promise((resolve) => {
            this.#socket.on('close', resolve);
            this.#socket.on('error', resolve);
        });
    }

    send(tag, method, target, headers, body = '') {
        this.#expected.push(tag);
        const lines = Object.entries({ host: this.host, ...headers,
            ...(body === '' ? {} : { 'content-length': Buffer.byteLength(body) }) })
            .map(([name, value]) => `${name}: ${value}`);
        this.#socket.write(`${method} ${target} HTTP/1.1\r\n${lines.join('\r\n')}${endOfHead}${body}`);
    }

    close() {
        this.#socket.destroy();
    }

    #read(chunk) {
        this.#buffer = this.#buffer.length === 0 ? chunk : Buffer.concat([this.#buffer, chunk]);
        while (this.#advance());
    }

    /** Takes one piece out of the buffer; false when it needs more bytes. */
    #advance() {
        if (this.#body === undefined) {
            return this.#readHead();
        }
        return this.#body === 'chunks' ? this.#readChunk() : this.#readBytes();
    }

    #readHead() {
        const end = this.#buffer.indexOf(endOfHead);
        if (end < 0) {
            return false;
        }
        const [first, ...lines] = this.#take(end, endOfHead.length).split('\r\n');
        const headers = Object.fromEntries(lines.map((line) => {
            const colon = line.indexOf(':');
            return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
        }));
        this.onPart(this.#expected[0], { status: Number(first.split(' ')[1]), headers });
        this.#body = headers['transfer-encoding'] === 'chunked' ? 'chunks'
            : Number(headers['content-length'] ?? 0);
        return true;
    }

    #readBytes() {
        if (this.#buffer.length < this.#body) {
            return false;
        }
        this.#finish(this.#take(this.#body, 0));
        return true;
    }

    #readChunk() {
        const end = this.#buffer.indexOf('\r\n');
        const size = end < 0 ? NaN : parseInt(this.#buffer.toString('latin1', 0, end), 16);
        if (Number.isNaN(size) || this.#buffer.length < end + 2 + size + 2) {
            return false;
        }
        this.#buffer = this.#buffer.subarray(end + 2);
        const data = this.#take(size, 2);
        if (size === 0) {
            this.#finish('');
        } else {
            this.onPart(this.#expected[0], { data });
        }
        return true;
    }

    #finish(data) {
        const tag = this.#expected.shift();
        this.#body = undefined;
        if (data !== '') {
            this.onPart(tag, { data });
        }
        this.onPart(tag, { end: true });
    }

    /** The next bytes as text; skips what separates them from the following. */
    #take(bytes, separator) {
        const text = this.#buffer.toString('utf8', 0, bytes);
        this.#buffer = this.#buffer.subarray(bytes + separator);
        return text;
    }
}
