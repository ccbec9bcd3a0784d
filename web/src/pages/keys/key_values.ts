import type { NewKey } from '@/api/keys';
import type { ApiKey } from '@/api/types';

/** A key as the form shows it. An empty limit is none. */
export interface KeyValues {
    name: string;
    description: string;
    /** Days from now, or `kept` or `never`. */
    expiry: string;
    may_call: boolean;
    servers: string[];
    tools: string[];
    ip_ranges: string[];
    client_types: string[];
    calls_per_minute: number | '';
    calls_per_day: number | '';
    calls_at_once: number | '';
}

export const kept = 'kept';
export const never = 'never';
const dayMs = 86_400_000;

export const emptyValues: KeyValues = {
    name: '', description: '', expiry: '90', may_call: true, servers: [], tools: [], ip_ranges: [], client_types: [],
    calls_per_minute: '', calls_per_day: '', calls_at_once: '',
};

export function valuesOf({ name, description, expires_at, scope, limits }: ApiKey): KeyValues {
    const shown = (limit: number): number | '' => (limit === 0 ? '' : limit);
    return {
        ...scope, name, description, expiry: expires_at === null ? never : kept,
        calls_per_minute: shown(limits.calls_per_minute), calls_per_day: shown(limits.calls_per_day),
        calls_at_once: shown(limits.calls_at_once),
    };
}

function expiryOf(expiry: string, now: number): Pick<NewKey, 'expires_at'> {
    if (expiry === kept) {
        return {};
    }
    return { expires_at: expiry === never ? null : new Date(now + Number(expiry) * dayMs).toISOString() };
}

/** What a request says of a key. */
export function bodyOf(values: KeyValues, now: number): NewKey {
    const { name, description, expiry, may_call, servers, tools, ip_ranges, client_types } = values;
    return {
        name: name.trim(), description, ...expiryOf(expiry, now),
        scope: { may_call, servers, tools, ip_ranges, client_types },
        limits: {
            calls_per_minute: Number(values.calls_per_minute), calls_per_day: Number(values.calls_per_day),
            calls_at_once: Number(values.calls_at_once),
        },
    };
}
