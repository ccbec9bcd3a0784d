-- Views of the call log that people want to find again: the parameters of a query under a name.
CREATE TABLE log_views (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    name text NOT NULL CHECK (char_length(name) BETWEEN 1 AND 100),
    -- As it stands in the address of the call log, without the project.
    query text NOT NULL,
    created_at timestamptz(6) NOT NULL,
    updated_at timestamptz(6) NOT NULL,
    CONSTRAINT log_views_name UNIQUE (user_id, project_id, name)
);
CREATE INDEX log_views_project ON log_views (project_id);
