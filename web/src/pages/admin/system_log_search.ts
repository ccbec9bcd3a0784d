import { logCategories, logLevels, type ServerLogFilter } from '@/api/server_logs';

/** Lines are few beside calls, so more of the past is shown. */
export const defaultRange = '24h';

const texts = ['search_text', 'project_id', 'server_id', 'time_range', 'start_time', 'end_time'] as const;
const lists = { level: logLevels, category: logCategories } as const;

/** What an address says of the system log; the names are those of the API. */
export function readSystemLogSearch(search: Record<string, unknown>): ServerLogFilter {
    const out: ServerLogFilter = {};
    for (const name of texts) {
        const value = search[name];
        if (typeof value === 'string' && value !== '') {
            out[name] = value;
        }
    }
    for (const name of ['level', 'category'] as const) {
        const given = [search[name]].flat();
        const values = lists[name].filter((each) => given.includes(each));
        if (values.length > 0) {
            out[name] = [...values];
        }
    }
    return out;
}

/** The same with the range that holds when none is said. */
export const rangedFilter = (search: ServerLogFilter): ServerLogFilter =>
    search.start_time === undefined && search.time_range === undefined ? { ...search, time_range: defaultRange } : search;
