-- When the status of all servers is refreshed: one row, which the orchestrator reads at its start,
-- so that a restart neither forgets what was set nor begins to count anew.
CREATE TABLE refresh_schedule (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    running boolean NOT NULL,
    server_check_interval integer NOT NULL CHECK (server_check_interval BETWEEN 60 AND 3600),
    coalesce_runs boolean NOT NULL,
    max_workers integer NOT NULL CHECK (max_workers BETWEEN 1 AND 10),
    resumed_at timestamptz(6) NOT NULL,
    last_execution timestamptz(6),
    skipped_count bigint NOT NULL,
    -- Grows with each change of the settings, so that an older one never wins over a newer.
    revision bigint NOT NULL
);
INSERT INTO refresh_schedule (running, server_check_interval, coalesce_runs, max_workers,
                              resumed_at, skipped_count, revision)
VALUES (true, 300, true, 4, now(), 0, 1);

-- The last runs; the oldest go.
CREATE TABLE refresh_runs (
    number bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    started_at timestamptz(6) NOT NULL,
    duration_ms bigint NOT NULL,
    trigger text NOT NULL CHECK (trigger IN ('schedule', 'manual')),
    checked_count integer NOT NULL,
    updated_count integer NOT NULL,
    tools_synced_count integer NOT NULL,
    error_count integer NOT NULL,
    -- Empty for a run that came to its end.
    error text NOT NULL
);
