import { queryString } from './client';

interface Handlers<Row> {
    onRow: (row: Row) => void;
    onState?: (state: 'open' | 'waiting') => void;
}

/** Follows server-sent events named `event` until the returned function is called. */
export function follow<Row>(
    path: string, query: Record<string, unknown>, event: string, { onRow, onState }: Handlers<Row>,
): () => void {
    const words = queryString(query);
    const source = new EventSource(words === '' ? path : `${path}?${words}`);
    source.addEventListener(event, (message: MessageEvent<string>) => {
        onRow(JSON.parse(message.data) as Row);
    });
    source.addEventListener('open', () => onState?.('open'));
    source.addEventListener('error', () => onState?.('waiting'));
    return () => { source.close(); };
}

/** One server-sent event. */
export interface ServerEvent {
    name: string;
    data: string;
}

/** A carriage return at the very end may be half of a line's end. */
const lineEnd = /\r\n|\n|\r(?=[^])/;

async function* linesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
    const reader = body.getReader();
    const decoder = new TextDecoder();
    let rest = '';
    try {
        for (;;) {
            const { done, value } = await reader.read();
            if (done) {
                return;
            }
            const lines = (rest + decoder.decode(value, { stream: true })).split(lineEnd);
            rest = lines.pop() ?? '';
            yield* lines;
        }
    } finally {
        await reader.cancel().catch(() => undefined);
    }
}

/** The events in the answer to a request that EventSource cannot make, each as it comes. An event
 * that was cut off is left out. */
export async function* eventsOf(body: ReadableStream<Uint8Array>): AsyncGenerator<ServerEvent> {
    let name = 'message';
    let data: string[] = [];
    for await (const line of linesOf(body)) {
        const [field, value = ''] = line.split(/: ?(.*)/s, 2);
        if (line === '') {
            if (data.length > 0) {
                yield { name, data: data.join('\n') };
            }
            name = 'message';
            data = [];
        } else if (field === 'event') {
            name = value;
        } else if (field === 'data') {
            data.push(value);
        }
    }
}
