// A day in a minute: what the clients did just now is spread over the last 24 hours, since no page
// is worth a look whose charts hold a single bar. Every row stays what the orchestrator wrote but
// for its times.

import { query } from '../support/database.mjs';

const dayMs = 86_400_000;

/** The partition of the call log for the day that began at `start`, as the writers make them. */
function partition(start, retentionDays) {
    const floor = (at) => {
        const digits = at.toString(16).padStart(12, '0');
        return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
    };
    const name = new Date(start).toISOString().slice(0, 10).replaceAll('-', '');
    return `CREATE TABLE IF NOT EXISTS "call_log_${retentionDays}_${name}"
        PARTITION OF "call_log_${retentionDays}"
        FOR VALUES FROM ('${floor(start)}') TO ('${floor(start + dayMs)}');`;
}

/** Of a call in its place, 0 the first and 1 the last, how long it is moved back: few at night,
 * waves by day, and enough in the last half hour. */
const back = (place) => `interval '86000 seconds' * least(1, greatest(0,
    power(1 - ${place}, 1.7) + 0.03 * sin(22 * (1 - ${place})) * (1 - ${place})))`;

/** The same id, for a time that is earlier by `by`: its first 48 bits are milliseconds. */
const moved = (id, by) => `(lpad(to_hex(
    (('x' || substr(replace(${id}::text, '-', ''), 1, 12))::bit(48)::bigint - (extract(epoch FROM ${by}) * 1000)::bigint)), 12, '0')
    || substr(replace(${id}::text, '-', ''), 13))::uuid`;

const times = ['received_at', 'authorised_at', 'queued_at', 'sent_at', 'answered_at',
    'finished_at'];

export async function spreadOverADay(orchestrator) {
    const [[retentionDays]] = await query(orchestrator,
        'SELECT DISTINCT retention_days FROM call_log;');
    const today = Date.now() - Date.now() % dayMs;
    await query(orchestrator, `BEGIN;
        ${partition(today - dayMs, retentionDays)}
        ${partition(today, retentionDays)}
        CREATE TEMPORARY TABLE moves ON COMMIT DROP AS
            SELECT id AS old, session_id, ${back('place')} AS by
            FROM (SELECT id, session_id, (row_number() OVER (ORDER BY id))::float8
                / count(*) OVER () AS place FROM call_log) placed;
        UPDATE call_log SET id = ${moved('id', 'moves.by')},
            ${times.map((time) => `${time} = ${time} - moves.by`).join(', ')}
            FROM moves WHERE id = moves.old;
        UPDATE client_sessions SET connected_at = calls.first - interval '2 seconds',
            last_activity = calls.last, disconnected_at = CASE
                WHEN disconnected_at IS NULL THEN NULL ELSE calls.last + interval '40 seconds' END
            FROM (SELECT session_id, min(received_at) AS first, max(finished_at) AS last
                FROM call_log GROUP BY session_id) calls
            WHERE calls.session_id = client_sessions.id;
        COMMIT;`);
}
