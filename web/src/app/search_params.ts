import { queryString } from '@/api/client';

type Search = Record<string, string | string[]>;

/** Addresses read as the API's queries do: a name that comes several times has several values. */
export function parseSearch(text: string): Search {
    const words = new URLSearchParams(text);
    return Object.fromEntries([...new Set(words.keys())].map((name) => {
        const values = words.getAll(name);
        return [name, values.length > 1 ? values : values[0] ?? ''];
    }));
}

export function stringifySearch(search: Record<string, unknown>): string {
    const text = queryString(search);
    return text === '' ? '' : `?${text}`;
}
