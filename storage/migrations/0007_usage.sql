-- What was used: a row for each day, project and caller, which stays when the calls themselves are
-- forgotten. Days are those of the call log's partitions: UTC, from the time inside the ids. There
-- is no server and no tool here, so that a batch of calls touches few rows. No foreign keys: what
-- was used stays told when project, key or account are gone.
-- Rows are updated again and again while their day lasts: room in a page keeps that cheap.
CREATE TABLE usage_daily (
    day date NOT NULL,
    project_id uuid NOT NULL,
    principal text NOT NULL,
    -- The account that the calls are put down to: itself, or whoever made the key. NULL for others.
    user_id uuid,
    calls bigint NOT NULL,
    successes bigint NOT NULL,
    errors bigint NOT NULL,
    timeouts bigint NOT NULL,
    cancellations bigint NOT NULL,
    argument_bytes bigint NOT NULL,
    result_bytes bigint NOT NULL,
    PRIMARY KEY (project_id, day, principal)
) WITH (fillfactor = 50);
CREATE INDEX usage_daily_day ON usage_daily (day);
