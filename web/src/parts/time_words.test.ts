import { expect, it } from 'vitest';
import { bytes, duration, exactUtc, relative } from './time_words';

const now = Date.parse('2026-03-01T12:00:00Z');

it('says how long ago', () => {
    expect(relative('2026-03-01T11:57:00Z', now, 'en')).toBe('3 min. ago');
    expect(relative('2026-03-01T11:59:58Z', now, 'en')).toBe('now');
    expect(relative('2026-02-27T12:00:00Z', now, 'en')).toBe('2 days ago');
    expect(relative('2026-03-01T14:00:00Z', now, 'en')).toBe('in 2 hr.');
});

it('says how long', () => {
    expect([0.42, 14.547, 461, 3041, 125_000].map(duration)).toEqual(['420 µs', '14.5 ms', '461 ms', '3.04 s', '2 m 05 s']);
});

it('says how much', () => {
    expect([0, 16, 2048, 66_867_200].map(bytes)).toEqual(['0 B', '16 B', '2.0 KiB', '63.8 MiB']);
});

it('says the exact time', () => {
    expect(exactUtc('2026-03-01T11:57:00.25Z')).toBe('2026-03-01 11:57:00.250 UTC');
});
