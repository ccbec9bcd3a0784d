import { expect, it } from 'vitest';
import { eventsOf, type ServerEvent } from './events';

/** A body that comes in these pieces. */
function bodyOf(...pieces: (string | Uint8Array)[]) {
    const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
    return new ReadableStream<Uint8Array>({
        pull(control) {
            const next = bytes.shift();
            if (next === undefined) {
                control.close();
            } else {
                control.enqueue(next);
            }
        },
    });
}

async function all(body: ReadableStream<Uint8Array>): Promise<ServerEvent[]> {
    const events = [];
    for await (const event of eventsOf(body)) {
        events.push(event);
    }
    return events;
}

it('reads events wherever the pieces are cut', async () => {
    const text = 'event: server\ndata: {"a": 1}\n\nevent: done\r\ndata:x: y\r\ndata: z\r\n\r\n';
    const wanted = [{ name: 'server', data: '{"a": 1}' }, { name: 'done', data: 'x: y\nz' }];
    expect(await all(bodyOf(text))).toEqual(wanted);
    expect(await all(bodyOf(...text))).toEqual(wanted);
});

it('puts letters together that were cut', async () => {
    const bytes = new TextEncoder().encode('data: 한\n\n');
    expect(await all(bodyOf(bytes.slice(0, 7), bytes.slice(7)))).toEqual([{ name: 'message', data: '한' }]);
});

it('passes over comments, empty events and what was cut off', async () => {
    expect(await all(bodyOf(': still here\n\nevent: nothing\n\ndata\n\ndata: cut')))
        .toEqual([{ name: 'message', data: '' }]);
});

it('gives each event before the next has come, and lets the answer go', async () => {
    let isLetGo = false;
    const events = eventsOf(new ReadableStream<Uint8Array>({
        start(control) { control.enqueue(new TextEncoder().encode('data: first\n\n')); },
        cancel() { isLetGo = true; },
    }));
    expect(await events.next()).toEqual({ done: false, value: { name: 'message', data: 'first' } });
    await events.return(undefined);
    expect(isLetGo).toBe(true);
});
