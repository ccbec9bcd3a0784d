import { describe, expect, it, vi } from 'vitest';
import type { Call, CallPage } from '@/api/types';
import { CallFeed, keptMax } from './call_feed';

const idOf = (number: number): string => `01a22bc8-0000-7000-8000-${String(number).padStart(12, '0')}`;

const call = (number: number) => ({
    id: idOf(number), timestamp: '2026-01-01T00:00:00Z', status: 'success', server_name: 's', tool_name: 't',
    client_name: 'c', client_type: 'cursor', duration_ms: 1, error_message: null,
    input_data: { arguments: {}, size: 2 }, output_data: { result: null, metadata: { response_size: 0 } },
}) as unknown as Call;

/** Pages of 200 over the calls 1 … `newest`, read backward like the server's. */
function log(newest: { value: number }) {
    const asked: (string | undefined)[] = [];
    const load = (_: unknown, page: { cursor?: string; size: number }): Promise<CallPage> => {
        asked.push(page.cursor);
        const from = page.cursor === undefined ? newest.value : Number(page.cursor);
        const logs = Array.from({ length: Math.min(page.size, from) }, (__, at) => call(from - at));
        const left = from - logs.length;
        return Promise.resolve({
            logs, next_cursor: left > 0 ? String(left) : null, total_count: newest.value,
            has_more_than_total: false, live_from: logs[0]?.id ?? null,
        } as CallPage);
    };
    return { load, asked };
}

const ids = (feed: CallFeed): string[] => feed.snapshot().rows.map(({ id }) => id);

describe('call feed', () => {
    it('reads backward by cursor to the end', async () => {
        const feed = new CallFeed('p', {}, log({ value: 450 }).load);
        await feed.start();
        await feed.loadOlder();
        await feed.loadOlder();
        await feed.loadOlder();
        expect(ids(feed)).toHaveLength(450);
        expect(new Set(ids(feed)).size).toBe(450);
        expect(feed.snapshot().older).toBe('end');
    });

    it('begins again when more arrives than is kept', async () => {
        const newest = { value: 10 };
        const feed = new CallFeed('p', {}, log(newest).load);
        await feed.start();
        newest.value = keptMax + 1;
        for (let last = 10; last < keptMax;) {
            const length = Math.min(10_000, keptMax - last);
            last += length;
            feed.take(Array.from({ length }, (_, at) => call(last - at)));
        }
        expect(ids(feed)).toHaveLength(keptMax);
        feed.take([call(keptMax + 1)]);
        await vi.waitFor(() => { expect(ids(feed)).toHaveLength(200); });
        expect(ids(feed)[0]).toBe(idOf(keptMax + 1));
    });

    it('keeps older pages when a refresh brings new calls, and shows none twice', async () => {
        const newest = { value: 450 };
        const feed = new CallFeed('p', {}, log(newest).load);
        await feed.start();
        await feed.loadOlder();
        newest.value = 700;
        await feed.refresh();
        expect(ids(feed)).toHaveLength(650);
        expect(ids(feed)).toEqual([...ids(feed)].sort().reverse());
        expect(feed.snapshot().arrived).toBe(250);
        await feed.loadOlder();
        expect(new Set(ids(feed)).size).toBe(700);
    });

    it('takes each live call once', async () => {
        const feed = new CallFeed('p', {}, log({ value: 10 }).load);
        await feed.start();
        feed.take([call(12), call(11), call(10)]);
        feed.take([call(12)]);
        expect(ids(feed).slice(0, 3)).toEqual([idOf(12), idOf(11), idOf(10)]);
        expect(feed.snapshot().total).toBe(12);
    });

    it('keeps the newest of the calls that came whole', async () => {
        const feed = new CallFeed('p', {}, log({ value: 10 }).load);
        await feed.start();
        feed.takeWhole([call(12), call(11)]);
        expect(feed.whole(idOf(11))?.id).toBe(idOf(11));
        expect(feed.whole(idOf(10))).toBeUndefined();
        feed.takeWhole(Array.from({ length: 199 }, (_, at) => call(211 - at)));
        expect(feed.whole(idOf(11))).toBeUndefined();
        expect(feed.whole(idOf(12))?.id).toBe(idOf(12));
    });

    it('looks for a new call no longer than until it is there', async () => {
        vi.useFakeTimers();
        try {
            const newest = { value: 10 };
            const { load, asked } = log(newest);
            const feed = new CallFeed('p', {}, load);
            await feed.start();
            let isDone = false;
            void feed.catchUp().then(() => { isDone = true; });
            await vi.advanceTimersByTimeAsync(0);
            newest.value = 11;
            await vi.advanceTimersByTimeAsync(150);
            expect(ids(feed)[0]).toBe(idOf(11));
            await vi.advanceTimersByTimeAsync(600);
            expect(isDone).toBe(true);
            expect(asked).toHaveLength(3);
        } finally {
            vi.useRealTimers();
        }
    });

    it('begins again when too much came to join', async () => {
        const newest = { value: 10 };
        const feed = new CallFeed('p', {}, log(newest).load);
        await feed.start();
        newest.value = 5_000;
        await feed.refresh();
        expect(ids(feed)[0]).toBe(idOf(5_000));
        expect(ids(feed)).toHaveLength(200);
    });
});
