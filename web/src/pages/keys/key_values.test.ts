import { expect, it } from 'vitest';
import type { ApiKey } from '@/api/types';
import { bodyOf, emptyValues, valuesOf } from './key_values';

const now = Date.parse('2026-03-01T00:00:00Z');
const key = {
    name: 'laptop', description: '', expires_at: '2026-03-05T00:00:00Z',
    scope: { may_call: false, servers: ['s'], tools: [], ip_ranges: ['10.0.0.0/8'], client_types: ['cursor'] },
    limits: { calls_per_minute: 5, calls_per_day: 0, calls_at_once: 2 },
} as unknown as ApiKey;

it('says of a key that was not changed what it said before, and leaves its end alone', () => {
    const { name, description, scope, limits } = key;
    expect(bodyOf(valuesOf(key), now)).toEqual({ name, description, scope, limits });
});

it('counts days from now, and knows keys without an end', () => {
    expect(bodyOf({ ...valuesOf(key), expiry: '7' }, now).expires_at).toBe('2026-03-08T00:00:00.000Z');
    expect(bodyOf(valuesOf({ ...key, expires_at: null }), now).expires_at).toBeNull();
});

it('makes a new key for 90 days that opens everything', () => {
    const body = bodyOf({ ...emptyValues, name: ' mine ' }, now);
    expect(body.name).toBe('mine');
    expect(body.expires_at).toBe('2026-05-30T00:00:00.000Z');
    expect(body.limits).toEqual({ calls_per_minute: 0, calls_per_day: 0, calls_at_once: 0 });
});
