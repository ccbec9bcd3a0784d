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
