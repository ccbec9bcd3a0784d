import { expect, it } from 'vitest';
import { spans } from './timing';

const at = (micros: number): string => `2026-01-01T00:00:00.${String(micros).padStart(6, '0')}Z`;

it('splits a call into its stretches to the microsecond', () => {
    const parts = spans({ received: at(0), authorised: at(68), queued: null, sent: at(638), answered: at(14_469), finished: at(14_548) });
    expect(parts.map(({ phase, length }) => [phase, Math.round(length * 1000)])).toEqual(
        [['authorise', 68], ['wait', 570], ['server', 13_831], ['answer', 79]]);
});

it('lets the stretch at the server last to the end when no answer came', () => {
    const parts = spans({ received: at(0), authorised: at(10), queued: null, sent: at(20), answered: null, finished: at(900_000) });
    expect(parts.at(-1)).toMatchObject({ phase: 'server' });
    expect(Math.round(parts.at(-1)?.length ?? 0)).toBe(900);
});

it('has no stretch at the server when the call never got there', () => {
    const parts = spans({ received: at(0), authorised: null, queued: null, sent: null, answered: null, finished: at(300) });
    expect(parts).toEqual([]);
});
