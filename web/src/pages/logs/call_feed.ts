import { fetchCalls, type CallFilter } from '@/api/calls';
import type { Call, CallPage } from '@/api/types';
import { rowOf, type CallRow } from './call_row';

export interface Feed {
    /** Newest first. The array is changed in place; `version` tells. */
    rows: CallRow[];
    version: number;
    phase: 'loading' | 'ready' | 'failed';
    failure: unknown;
    total: number | null;
    isMoreThanTotal: boolean;
    older: 'idle' | 'loading' | 'failed' | 'end';
    /** How many rows came in front of the first page since it was loaded. */
    arrived: number;
    liveFrom: string | null;
}

const pageSize = 200;
/** How far a refresh reads on to join what is already there. */
const joinPagesMax = 10;
/** A call gets into the log a moment after its answer. */
const catchUpAfterMs = [0, 150, 600, 2_400];

/** How many calls are kept, loaded or arrived. */
export const keptMax = 200_000;

/** How many of the newest calls that came whole are kept so. */
const wholeMax = 200;

type Load = (filter: CallFilter, page: { cursor?: string; size: number }, signal: AbortSignal) => Promise<CallPage>;

/** The calls that match one filter: a page at a time backward, and what happens meanwhile in front.
 * Ids grow with time, so that nothing is shown twice. */
export class CallFeed {
    #load: Load;
    #filter: CallFilter;
    #stop = new AbortController();
    #cursor: string | null = null;
    #listeners = new Set<() => void>();
    #whole = new Map<string, Call>();
    #state: Feed = {
        rows: [], version: 0, phase: 'loading', failure: undefined, total: null, isMoreThanTotal: false,
        older: 'idle', arrived: 0, liveFrom: null,
    };

    constructor(project: string, filter: CallFilter,
        load: Load = (wanted, page, signal) => fetchCalls(project, wanted, page, signal)) {
        this.#filter = filter;
        this.#load = load;
    }

    subscribe = (listener: () => void): (() => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    };

    snapshot = (): Feed => this.#state;

    #change(change: Partial<Feed>): void {
        this.#state = { ...this.#state, ...change, version: this.#state.version + 1 };
        this.#listeners.forEach((listener) => { listener(); });
    }

    async start(): Promise<void> {
        this.#stop.abort();
        this.#stop = new AbortController();
        const { signal } = this.#stop;
        this.#change({ phase: 'loading', rows: [], arrived: 0, older: 'idle' });
        try {
            const page = await this.#load(this.#filter, { size: pageSize }, signal);
            this.#cursor = page.next_cursor;
            this.#change({
                rows: page.logs.map(rowOf), phase: 'ready', total: page.total_count,
                isMoreThanTotal: page.has_more_than_total, liveFrom: page.live_from,
                older: page.next_cursor === null ? 'end' : 'idle',
            });
        } catch (failure) {
            if (!signal.aborted) {
                this.#change({ phase: 'failed', failure });
            }
        }
    }

    stop(): void {
        this.#stop.abort();
    }

    async loadOlder(): Promise<void> {
        const { older, phase, rows } = this.#state;
        if (phase !== 'ready' || older === 'loading' || older === 'end' || this.#cursor === null) {
            return;
        }
        const { signal } = this.#stop;
        this.#change({ older: 'loading' });
        try {
            const page = await this.#load(this.#filter, { cursor: this.#cursor, size: pageSize }, signal);
            this.#cursor = page.next_cursor;
            rows.push(...page.logs.map(rowOf));
            this.#change({ older: page.next_cursor === null ? 'end' : 'idle' });
        } catch {
            if (!signal.aborted) {
                this.#change({ older: 'failed' });
            }
        }
    }

    /** Puts calls in front that are newer than all that is there; newest first. */
    take(calls: Call[]): void {
        const newest = this.#state.rows[0]?.id ?? '';
        const fresh = calls.filter((call) => call.id > newest).map(rowOf);
        if (fresh.length === 0) {
            return;
        }
        if (this.#state.rows.length + fresh.length > keptMax) {
            // A log that is left open for days begins again instead of filling the memory.
            void this.start();
            return;
        }
        this.#state.rows.unshift(...fresh);
        const { total, arrived } = this.#state;
        this.#change({
            arrived: arrived + fresh.length, total: total === null ? null : total + fresh.length,
            liveFrom: fresh[0]?.id ?? this.#state.liveFrom,
        });
    }

    /** Fetches until something new is there, or nothing comes. */
    async catchUp(): Promise<void> {
        const { arrived } = this.#state;
        for (const wait of catchUpAfterMs) {
            await new Promise((resolve) => { setTimeout(resolve, wait); });
            if (this.#state.arrived !== arrived) {
                return;
            }
            await this.refresh();
        }
    }

    /** Takes calls that have their bodies; newest first. */
    takeWhole(calls: Call[]): void {
        [...calls].reverse().forEach((call) => this.#whole.set(call.id, call));
        [...this.#whole.keys()].slice(0, -wholeMax).forEach((id) => this.#whole.delete(id));
        this.take(calls);
    }

    /** A call with its bodies, if it came so of late. */
    whole(id: string): Call | undefined {
        return this.#whole.get(id);
    }

    /** Fetches what is new; when it is too much to join, begins again. */
    async refresh(): Promise<void> {
        if (this.#state.phase !== 'ready') {
            return;
        }
        const { signal } = this.#stop;
        const newest = this.#state.rows[0]?.id ?? '';
        const found: Call[] = [];
        let cursor: string | undefined;
        for (let page = 0; page < joinPagesMax; ++page) {
            const answer = await this.#load(
                this.#filter, { size: pageSize, ...(cursor === undefined ? {} : { cursor }) }, signal);
            found.push(...answer.logs);
            const joined = answer.logs.some((call) => call.id <= newest) || answer.next_cursor === null;
            if (joined) {
                this.take(found);
                return;
            }
            cursor = answer.next_cursor ?? undefined;
        }
        await this.start();
    }
}
