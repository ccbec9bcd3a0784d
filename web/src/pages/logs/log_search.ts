import type { CallFilter } from '@/api/calls';

export const ranges = ['15m', '30m', '1h', '6h', '24h', '7d'] as const;
export const defaultRange = '30m';
export const statuses = ['success', 'error', 'timeout', 'cancelled'] as const;
export type Status = typeof statuses[number];
export type Following = 'off' | 'live';

/** Everything that the address says of the page; the names are those of the API. */
export interface LogSearch extends Omit<CallFilter, 'min_duration_ms' | 'max_duration_ms'> {
    min_duration_ms?: string;
    max_duration_ms?: string;
    /** Absent: every 30 seconds. */
    follow?: Following;
    /** The calls that are shown in full. */
    open?: string[];
}

const texts = ['time_range', 'start_time', 'end_time', 'server_id', 'session_id', 'tool_name', 'principal',
    'min_duration_ms', 'max_duration_ms', 'search_text'] as const;
const lists = ['status', 'error_code', 'client_type', 'open'] as const;

/** Takes what the page knows out of an address and leaves the rest. */
export function readSearch(search: Record<string, unknown>): LogSearch {
    const out: LogSearch = {};
    for (const name of texts) {
        const value = search[name];
        if (typeof value === 'string' && value !== '') {
            out[name] = value;
        }
    }
    for (const name of lists) {
        const value = search[name];
        const values = (Array.isArray(value) ? value : [value])
            .filter((each): each is string => typeof each === 'string' && each !== '');
        if (values.length > 0) {
            out[name] = values;
        }
    }
    if (search['follow'] === 'off' || search['follow'] === 'live') {
        out.follow = search['follow'];
    }
    return out;
}

export type Range = Pick<LogSearch, 'time_range' | 'start_time' | 'end_time'>;

export function readRange(search: Record<string, unknown>): Range {
    const { time_range, start_time, end_time } = readSearch(search);
    return { time_range, start_time, end_time };
}

/** What narrows the log, as the API takes it. */
export function filterOf(search: LogSearch): CallFilter {
    const { follow: _, open: __, min_duration_ms, max_duration_ms, ...rest } = search;
    return {
        ...rest,
        ...(min_duration_ms === undefined ? {} : { min_duration_ms: Number(min_duration_ms) }),
        ...(max_duration_ms === undefined ? {} : { max_duration_ms: Number(max_duration_ms) }),
        ...(rest.start_time === undefined && rest.time_range === undefined ? { time_range: defaultRange } : {}),
    };
}

/** A range with a fixed end gets no new calls. */
export const isFixed = (search: LogSearch): boolean => search.end_time !== undefined;

export type Listed = 'status' | 'error_code' | 'client_type';
export type Single = 'server_id' | 'tool_name' | 'principal' | 'session_id';

export function toggled(search: LogSearch, name: Listed | Single, value: string): LogSearch {
    if (name === 'status' || name === 'error_code' || name === 'client_type') {
        const before = search[name] ?? [];
        const after = before.includes(value) ? before.filter((each) => each !== value) : [...before, value];
        return { ...search, [name]: after.length === 0 ? undefined : after };
    }
    return { ...search, [name]: search[name] === value ? undefined : value };
}

export const narrowing = (search: LogSearch): (keyof LogSearch)[] =>
    (['status', 'error_code', 'client_type', 'server_id', 'session_id', 'tool_name', 'principal',
        'min_duration_ms', 'max_duration_ms', 'search_text'] as const)
        .filter((name) => search[name] !== undefined);

/** All that narrows is gone; the time and how the log is followed stay. */
export const cleared = ({ time_range, start_time, end_time, follow }: LogSearch): LogSearch => ({ time_range, start_time, end_time, follow });
