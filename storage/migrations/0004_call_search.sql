-- What a search in the call log compares: tool name, error message, arguments and result as folded
-- text. Rows from before hold none, and are not found by a search.
--
-- Trigrams of a text cost more to index than all the rest of a row, so the open day of the log has
-- no such index: a search reads its rows in their order. Days that are over get theirs afterwards.
CREATE EXTENSION IF NOT EXISTS pg_trgm;

ALTER TABLE call_log ADD COLUMN search_text text NOT NULL DEFAULT '';

CREATE INDEX call_log_principal ON call_log (project_id, principal, id DESC);
CREATE INDEX call_log_client ON call_log (project_id, client_type, id DESC);
CREATE INDEX call_log_failure ON call_log (project_id, failure, id DESC) WHERE failure <> '';
CREATE INDEX call_log_duration ON call_log (project_id, (finished_at - received_at), id DESC);
