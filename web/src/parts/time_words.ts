const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

const steps: [number, number, Intl.RelativeTimeFormatUnit][] = [
    [hour, minute, 'minute'], [day, hour, 'hour'], [30 * day, day, 'day'],
    [365 * day, 30 * day, 'month'], [Infinity, 365 * day, 'year'],
];

/** Words for how long ago, or ahead, a moment is. */
export function relative(at: string, now: number, language: string): string {
    const words = new Intl.RelativeTimeFormat(language, { numeric: 'auto', style: 'short' });
    const seconds = (Date.parse(at) - now) / 1000;
    const size = Math.abs(seconds);
    if (size < 45) {
        return size < 10 ? words.format(0, 'second') : words.format(Math.round(seconds), 'second');
    }
    const [, unit, name] = steps.find(([limit]) => size < limit) ?? [0, 365 * day, 'year' as const];
    return words.format(Math.trunc(seconds / unit) || Math.sign(seconds), name);
}

export const exactUtc = (at: string): string =>
    `${new Date(at).toISOString().replace('T', ' ').replace('Z', '')} UTC`;

const two = (value: number): string => String(value).padStart(2, '0');

/** Local clock time with milliseconds, the day in front when it is not today. */
export function clock(at: string, now: number): string {
    const time = new Date(at);
    const words = `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}`
        + `.${String(time.getMilliseconds()).padStart(3, '0')}`;
    const sameDay = new Date(now).toDateString() === time.toDateString();
    return sameDay ? words : `${two(time.getMonth() + 1)}-${two(time.getDate())} ${words}`;
}

/** A length of time as people say it: 420 µs, 14.5 ms, 1.20 s, 2 m 05 s. */
export function duration(ms: number): string {
    if (ms < 1) {
        return `${Math.round(ms * 1000)} µs`;
    }
    if (ms < 1000) {
        return `${ms < 100 ? ms.toFixed(1) : Math.round(ms)} ms`;
    }
    if (ms < 60_000) {
        return `${(ms / 1000).toFixed(2)} s`;
    }
    return `${Math.floor(ms / 60_000)} m ${two(Math.floor((ms % 60_000) / 1000))} s`;
}

export function bytes(count: number): string {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
    const power = count < 1 ? 0 : Math.min(Math.floor(Math.log2(count) / 10), units.length - 1);
    const value = count / 1024 ** power;
    return `${power === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[power] ?? 'B'}`;
}
