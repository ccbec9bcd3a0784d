import { expect, test } from 'vitest';
import { rangedFilter, readSystemLogSearch } from './system_log_search';

test('an address gives what the log knows, and nothing else', () => {
    expect(readSystemLogSearch({
        level: 'error', category: ['crash', 'odd', 'refresh'], search_text: 'boom', server_id: '', project_id: 'shop', other: 'x',
    })).toEqual({ level: ['error'], category: ['crash', 'refresh'], search_text: 'boom', project_id: 'shop' });
    expect(readSystemLogSearch({ level: ['loud'], time_range: 7 })).toEqual({});
});

test('a range holds where none is said', () => {
    expect(rangedFilter({ level: ['error'] })).toEqual({ level: ['error'], time_range: '24h' });
    expect(rangedFilter({ time_range: '1h' })).toEqual({ time_range: '1h' });
    expect(rangedFilter({ start_time: '2026-01-01T00:00:00Z' })).toEqual({ start_time: '2026-01-01T00:00:00Z' });
});
