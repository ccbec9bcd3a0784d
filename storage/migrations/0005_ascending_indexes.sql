-- The order in which rows come. PostgreSQL reads an index backwards as quickly, but only where
-- entries are added at the end of their project does it split pages so that they stay full; added in
-- front, they leave half of every page empty, and the index outgrows memory in half the rows.
DROP INDEX call_log_summary, call_log_status, call_log_failure, call_log_session;
CREATE INDEX call_log_summary ON call_log (project_id, id)
    INCLUDE (status, failure, server_id, server_name, tool_name, principal, client_type, session_id,
             received_at, finished_at);
CREATE INDEX call_log_status ON call_log (project_id, status, id) WHERE status <> 'success';
CREATE INDEX call_log_failure ON call_log (project_id, failure, id) WHERE failure <> '';
CREATE INDEX call_log_session ON call_log (session_id, id);
