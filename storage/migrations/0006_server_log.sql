-- What a search in the log of servers compares: the message as folded text. Lines from before hold
-- none, and are not found by a search.
ALTER TABLE server_log ADD COLUMN search_text text NOT NULL DEFAULT '';

-- In the order of time, for one project and for one server, with all that lists are narrowed to and
-- counts are made of. Most lines are output at the level info: the others are few, and have indexes
-- of their own, so that a noisy server cannot hide them. They ascend, as those of calls do: lists read
-- them backwards.
DROP INDEX server_log_server;
CREATE INDEX server_log_project ON server_log (project_id, id)
    INCLUDE (server_id, level, category);
CREATE INDEX server_log_server ON server_log (server_id, id)
    INCLUDE (project_id, level, category);
CREATE INDEX server_log_trouble ON server_log (project_id, id)
    INCLUDE (server_id, level, category) WHERE level IN ('warning', 'error');
CREATE INDEX server_log_events ON server_log (project_id, id)
    INCLUDE (server_id, level, category) WHERE category <> 'output';
-- The same for administrators, who look through all projects.
CREATE INDEX server_log_all_trouble ON server_log (id)
    INCLUDE (project_id, server_id, level, category) WHERE level IN ('warning', 'error');

-- Live sessions among all that ever were.
CREATE INDEX client_sessions_live ON client_sessions (project_id, connected_at, id)
    WHERE disconnected_at IS NULL;
