-- What a search in the call log compares: tool name, error message, arguments and result as folded
-- text. Rows from before hold none, and are not found by a search.
-- No index of words or trigrams: it would cost more to write than all the rest of a row, and a range
-- is read in its order quickly (docs/adr/0014).
ALTER TABLE call_log ADD COLUMN search_text text NOT NULL DEFAULT '';

-- One index holds all that lists are narrowed to and numbers are made of, in the order of time, and
-- is an eighth of the rows' size. One per filter would cost each row seven more entries on pages
-- all over the disk. What few rows are, and one session out of a long time, are found directly.
DROP INDEX call_log_project, call_log_status, call_log_server, call_log_tool;
CREATE INDEX call_log_summary ON call_log (project_id, id DESC)
    INCLUDE (status, failure, server_id, server_name, tool_name, principal, client_type, session_id,
             received_at, finished_at);
CREATE INDEX call_log_status ON call_log (project_id, status, id DESC) WHERE status <> 'success';
CREATE INDEX call_log_failure ON call_log (project_id, failure, id DESC) WHERE failure <> '';
