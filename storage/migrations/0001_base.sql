-- Projects, servers, keys: the registry, small and read whole at start.

CREATE TABLE projects (
    id uuid PRIMARY KEY,
    name text NOT NULL UNIQUE,
    display_name text NOT NULL,
    unified_enabled boolean NOT NULL,
    retention_days integer NOT NULL CHECK (retention_days IN (7, 30, 90, 365)),
    created_at timestamptz(6) NOT NULL,
    updated_at timestamptz(6) NOT NULL,
    CONSTRAINT projects_name_is_a_slug CHECK (name ~ '^[a-z0-9-]{1,63}$'),
    CONSTRAINT projects_name_is_no_uuid CHECK (
        name !~ '^([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')
);

CREATE TABLE servers (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name text NOT NULL,
    display_name text NOT NULL,
    description text NOT NULL,
    transport text NOT NULL CHECK (transport IN ('stdio', 'streamable-http', 'sse')),
    command text NOT NULL,
    args text[] NOT NULL,
    env_sealed bytea NOT NULL,
    cwd text NOT NULL,
    url text NOT NULL,
    headers_sealed bytea NOT NULL,
    call_timeout_ms bigint NOT NULL CHECK (call_timeout_ms > 0),
    enabled boolean NOT NULL,
    created_at timestamptz(6) NOT NULL,
    updated_at timestamptz(6) NOT NULL,
    CONSTRAINT servers_name_in_project UNIQUE (project_id, name),
    CONSTRAINT servers_name_is_stable CHECK (
        name ~ '^[A-Za-z0-9_-]{1,40}$' AND strpos(name, '__') = 0)
);

-- Former and imported spellings are free text; each leads to one server of the project.
CREATE TABLE server_aliases (
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    alias text NOT NULL,
    server_id uuid NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
    position integer NOT NULL,
    PRIMARY KEY (project_id, alias)
);
CREATE INDEX server_aliases_server ON server_aliases (server_id);

CREATE TABLE server_status (
    server_id uuid PRIMARY KEY REFERENCES servers (id) ON DELETE CASCADE,
    state text NOT NULL CHECK (
        state IN ('unknown', 'stopped', 'starting', 'online', 'error', 'disabled')),
    tools_count integer NOT NULL CHECK (tools_count >= 0),
    last_error text NOT NULL,
    last_checked timestamptz(6),
    last_connected timestamptz(6),
    last_used timestamptz(6)
);

-- A definition keeps the bytes of the server: jsonb would reorder, merge and refuse some of them.
CREATE TABLE server_tools (
    server_id uuid NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
    position integer NOT NULL,
    name text NOT NULL,
    definition bytea NOT NULL,
    PRIMARY KEY (server_id, position)
);

CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    name text NOT NULL,
    sha256 bytea NOT NULL UNIQUE CHECK (octet_length(sha256) = 32),
    prefix text NOT NULL,
    active boolean NOT NULL,
    expires_at timestamptz(6),
    created_at timestamptz(6) NOT NULL
);
CREATE INDEX api_keys_project ON api_keys (project_id);

-- The call log. It has no foreign keys: a row outlives the server and session that it names, and
-- writing it must not depend on them. Days are partitions below a retention class; the day comes
-- from the time inside the version 7 id, and a class forgets by dropping its oldest days.

CREATE TABLE call_log (
    id uuid NOT NULL,
    call_id uuid NOT NULL,
    instance_id uuid NOT NULL,
    project_id uuid NOT NULL,
    retention_days integer NOT NULL,
    server_id uuid,
    server_name text NOT NULL,
    tool_name text NOT NULL,
    path text NOT NULL CHECK (
        path IN ('server_sse', 'unified_sse', 'server_http', 'unified_http', 'rest')),
    session_id uuid,
    principal text NOT NULL,
    client_name text NOT NULL,
    client_version text NOT NULL,
    client_type text NOT NULL,
    ip_address text NOT NULL,
    user_agent text NOT NULL,
    request_id text NOT NULL,
    status text NOT NULL CHECK (status IN ('success', 'error', 'timeout', 'cancelled')),
    failure text NOT NULL CHECK (
        failure IN ('', 'INVALID_PARAMETERS', 'INITIALIZATION_INCOMPLETE', 'METHOD_NOT_FOUND',
                    'SSE_BRIDGE_ERROR', 'TOOL_ERROR', 'NO_RESPONSE', 'TIMEOUT',
                    'EXECUTION_ERROR')),
    error_code bigint NOT NULL,
    error_message text NOT NULL,
    received_at timestamptz(6) NOT NULL,
    authorised_at timestamptz(6),
    queued_at timestamptz(6),
    sent_at timestamptz(6),
    answered_at timestamptz(6),
    finished_at timestamptz(6) NOT NULL,
    arguments bytea NOT NULL,
    arguments_size bigint NOT NULL,
    arguments_truncated boolean NOT NULL,
    arguments_redacted boolean NOT NULL,
    arguments_sha256 bytea NOT NULL CHECK (octet_length(arguments_sha256) IN (0, 32)),
    result bytea NOT NULL,
    result_size bigint NOT NULL,
    result_truncated boolean NOT NULL,
    result_redacted boolean NOT NULL,
    result_sha256 bytea NOT NULL CHECK (octet_length(result_sha256) IN (0, 32)),
    PRIMARY KEY (retention_days, id)
) PARTITION BY LIST (retention_days);

CREATE TABLE call_log_7 PARTITION OF call_log FOR VALUES IN (7) PARTITION BY RANGE (id);
CREATE TABLE call_log_30 PARTITION OF call_log FOR VALUES IN (30) PARTITION BY RANGE (id);
CREATE TABLE call_log_90 PARTITION OF call_log FOR VALUES IN (90) PARTITION BY RANGE (id);
CREATE TABLE call_log_365 PARTITION OF call_log FOR VALUES IN (365) PARTITION BY RANGE (id);

CREATE INDEX call_log_project ON call_log (project_id, id DESC);
CREATE INDEX call_log_status ON call_log (project_id, status, id DESC);
CREATE INDEX call_log_server ON call_log (project_id, server_id, id DESC);
CREATE INDEX call_log_tool ON call_log (project_id, tool_name, id DESC);
CREATE INDEX call_log_session ON call_log (session_id, id DESC);

-- Sessions and server logs are written asynchronously, so they too may come after a deletion.

CREATE TABLE client_sessions (
    id uuid PRIMARY KEY,
    instance_id uuid NOT NULL,
    project_id uuid NOT NULL,
    server_id uuid,
    path text NOT NULL CHECK (
        path IN ('server_sse', 'unified_sse', 'server_http', 'unified_http', 'rest')),
    principal text NOT NULL,
    client_name text NOT NULL,
    client_version text NOT NULL,
    client_type text NOT NULL,
    ip_address text NOT NULL,
    user_agent text NOT NULL,
    protocol_version text NOT NULL,
    connected_at timestamptz(6) NOT NULL,
    last_activity timestamptz(6) NOT NULL,
    disconnected_at timestamptz(6),
    total_calls bigint NOT NULL,
    successful_calls bigint NOT NULL,
    failed_calls bigint NOT NULL
);
CREATE INDEX client_sessions_project ON client_sessions (project_id, connected_at DESC, id DESC);
CREATE INDEX client_sessions_open ON client_sessions (instance_id) WHERE disconnected_at IS NULL;

CREATE TABLE server_log (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL,
    server_id uuid NOT NULL,
    level text NOT NULL CHECK (level IN ('debug', 'info', 'warning', 'error')),
    category text NOT NULL CHECK (
        category IN ('startup', 'handshake', 'shutdown', 'crash', 'output', 'refresh')),
    message text NOT NULL
);
CREATE INDEX server_log_server ON server_log (server_id, id DESC);
