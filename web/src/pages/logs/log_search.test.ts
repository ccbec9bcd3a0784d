import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '@/app/search_params';
import { cleared, filterOf, narrowing, readSearch, toggled } from './log_search';

describe('log search', () => {
    it('comes back from an address as it went there', () => {
        const search = { status: ['error', 'timeout'], time_range: '6h', search_text: 'a b&c', open: ['x'] };
        expect(readSearch(parseSearch(stringifySearch(search)))).toEqual(search);
    });

    it('drops what the page does not know', () => {
        expect(readSearch({ status: 'error', page: '3', follow: 'sometimes' })).toEqual({ status: ['error'] });
    });

    it('asks for the last 30 minutes when no time is said', () => {
        expect(filterOf({}).time_range).toBe('30m');
        expect(filterOf({ start_time: '2026-01-01T00:00:00Z' }).time_range).toBeUndefined();
    });

    it('does not send what only the page knows', () => {
        expect(filterOf({ open: ['x'], follow: 'live', status: ['error'] })).toEqual({ status: ['error'], time_range: '30m' });
    });

    it('keeps the time and how it is followed when the filters are cleared', () => {
        const kept = { time_range: '6h', follow: 'live' } as const;
        expect(cleared({ ...kept, status: ['error'], search_text: 'a', server_id: 's', open: ['x'] })).toEqual(kept);
        expect(cleared({ start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z', principal: 'p' }))
            .toEqual({ start_time: '2026-01-01T00:00:00Z', end_time: '2026-01-02T00:00:00Z' });
        expect(narrowing(cleared({ status: ['error'], max_duration_ms: '5' }))).toEqual([]);
    });

    it('adds and takes away', () => {
        expect(toggled({ status: ['error'] }, 'status', 'timeout').status).toEqual(['error', 'timeout']);
        expect(toggled({ status: ['error'] }, 'status', 'error').status).toBeUndefined();
        expect(toggled({ server_id: 'a' }, 'server_id', 'b').server_id).toBe('b');
    });
});
