// The call log, the metrics and the sessions as the REST API tells them.

import { randomUUID } from 'node:crypto';
import { eventually } from './deadline.mjs';

const base = '/api/tool-call-logs';

function query(fields) {
    const parameters = new URLSearchParams({ project_id: 'default', time_range: '30m' });
    for (const [name, value] of Object.entries(fields)) {
        if (value !== undefined && value !== null) {
            parameters.set(name, value);
        }
    }
    return parameters;
}

async function get(orchestrator, path) {
    const { status, json, text } = await orchestrator.api(path);
    if (status !== 200) {
        throw Object.assign(new Error(`GET ${path}: ${status} ${text}`), { status });
    }
    return json;
}

/** One page: {logs, total_count, next_cursor}. */
export const page = (orchestrator, filter = {}) =>
    get(orchestrator, `${base}?${query(filter)}`);

/** All rows that pass `filter`, newest first, over all pages. */
export async function rows(orchestrator, filter = {}) {
    const all = [];
    let cursor;
    do {
        const { logs, next_cursor: next } = await page(orchestrator,
            { page_size: 500, ...filter, cursor });
        all.push(...logs);
        cursor = next;
    } while (cursor !== undefined && cursor !== null);
    return all;
}

export const metrics = (orchestrator, filter = {}) =>
    get(orchestrator, `${base}/metrics?${query(filter)}`);

/** The newest sessions that pass `filter`. */
export const sessions = async (orchestrator, filter = {}) => (await get(orchestrator,
    `/api/projects/default/sessions?${new URLSearchParams({ limit: 500, ...filter })}`)).sessions;

export const nonceOf = (row) => row.input_data?.arguments?.nonce;

/** Rows by the nonce among their arguments. */
export async function rowsByNonce(orchestrator, filter) {
    const found = new Map();
    for (const row of await rows(orchestrator, filter)) {
        const nonce = nonceOf(row);
        found.set(nonce, [...(found.get(nonce) ?? []), row]);
    }
    return found;
}

/**
 * Rows become visible in the order in which calls ended. So once the row of a call made now is
 * there, every row of an earlier call is there too, and a missing one never comes.
 */
export async function settled(orchestrator, session) {
    const nonce = randomUUID();
    await session.call('echo', { nonce });
    await eventually('the row of the latest call', async () => {
        const { logs } = await page(orchestrator, { tool_name: 'echo', page_size: 50 });
        return logs.some((row) => nonceOf(row) === nonce);
    });
    return nonce;
}

/** Samples of a Prometheus text: [{name, labels, value}]. */
export function samples(text) {
    const found = [];
    for (const line of text.split('\n')) {
        const match = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line);
        if (match === null) {
            continue;
        }
        const labels = {};
        for (const [, name, value] of (match[2] ?? '').matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)) {
            labels[name] = value;
        }
        found.push({ name: match[1], labels, value: Number(match[3]) });
    }
    return found;
}

/** The sum of a counter over all samples whose labels match. */
export async function counter(orchestrator, name, labels = {}) {
    const { text } = await orchestrator.api('/metrics');
    return samples(text)
        .filter((sample) => sample.name === name
            && Object.entries(labels).every(([key, value]) => sample.labels[key] === value))
        .reduce((sum, sample) => sum + sample.value, 0);
}
