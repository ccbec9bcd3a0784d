-- The schema of the Python mcp-orch as its last revision has it, written from a description of
-- it: tables, columns, types, enums and keys that a migration reads. Its tables of logs and usage
-- are left out, since nothing of them moves.

CREATE SCHEMA mcp_orch;
SET search_path TO mcp_orch;

CREATE TYPE teamrole AS ENUM ('OWNER', 'DEVELOPER', 'REPORTER');
CREATE TYPE mcpserverstatus AS ENUM ('ACTIVE', 'INACTIVE', 'ERROR', 'STARTING', 'STOPPING');
CREATE TYPE favoritetype AS ENUM ('server', 'tool', 'project');

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email varchar(255) NOT NULL UNIQUE,
    email_verified timestamp,
    name varchar(255),
    image varchar(500),
    password varchar(255),
    provider varchar(50),
    provider_id varchar(255),
    is_active boolean NOT NULL DEFAULT true,
    is_admin boolean NOT NULL DEFAULT false,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE teams (
    id uuid PRIMARY KEY,
    name varchar(255) NOT NULL,
    slug varchar(255) NOT NULL UNIQUE,
    description varchar(500),
    is_personal boolean NOT NULL DEFAULT false,
    is_active boolean NOT NULL DEFAULT true,
    plan varchar(50) NOT NULL DEFAULT 'free',
    max_api_keys integer NOT NULL DEFAULT 5,
    max_members integer NOT NULL DEFAULT 10,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE team_members (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    team_id uuid NOT NULL REFERENCES teams (id),
    role teamrole NOT NULL,
    invited_by_id uuid REFERENCES users (id),
    invited_at timestamp,
    joined_at timestamp,
    is_default boolean NOT NULL DEFAULT false,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now(),
    UNIQUE (user_id, team_id)
);

CREATE TABLE projects (
    id uuid PRIMARY KEY,
    name varchar(255) NOT NULL,
    description text,
    created_by uuid NOT NULL REFERENCES users (id),
    jwt_auth_required boolean NOT NULL DEFAULT true,
    allowed_ip_ranges json,
    unified_mcp_enabled boolean NOT NULL DEFAULT false,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);

-- Nothing keeps somebody from being a member twice.
CREATE TABLE project_members (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    user_id uuid NOT NULL REFERENCES users (id),
    role varchar(20) NOT NULL DEFAULT 'developer',
    invited_as varchar(20) NOT NULL,
    invited_by uuid NOT NULL REFERENCES users (id),
    joined_at timestamp NOT NULL DEFAULT now(),
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE api_keys (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    name varchar(255) NOT NULL,
    description varchar(1000),
    key_hash varchar(255) NOT NULL UNIQUE,
    key_prefix varchar(50) NOT NULL,
    key_suffix varchar(10) NOT NULL,
    is_active boolean NOT NULL DEFAULT true,
    expires_at timestamp,
    rate_limit_per_minute integer NOT NULL DEFAULT 60,
    rate_limit_per_day integer NOT NULL DEFAULT 10000,
    created_by_id uuid NOT NULL REFERENCES users (id),
    last_used_at timestamp,
    last_used_ip varchar(45),
    permissions json,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);

-- Nothing keeps two servers of a project from having one name.
CREATE TABLE mcp_servers (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id),
    name varchar(255) NOT NULL,
    display_name varchar(255),
    description varchar(1000),
    command varchar(500) NOT NULL,
    args json,
    env json,
    _args_encrypted text,
    _env_encrypted text,
    cwd varchar(500),
    timeout integer NOT NULL DEFAULT 60,
    auto_approve json,
    transport_type varchar(50) NOT NULL DEFAULT 'stdio',
    compatibility_mode varchar(50) NOT NULL DEFAULT 'resource_connection',
    status mcpserverstatus NOT NULL DEFAULT 'INACTIVE',
    is_enabled boolean NOT NULL DEFAULT true,
    jwt_auth_required boolean,
    created_by_id uuid NOT NULL REFERENCES users (id),
    process_id integer,
    last_started_at timestamp,
    last_error varchar(1000),
    last_health_check timestamp,
    health_check_failures integer NOT NULL DEFAULT 0,
    last_restart_attempt timestamp,
    restart_count integer NOT NULL DEFAULT 0,
    is_auto_restart_enabled boolean NOT NULL DEFAULT true,
    failure_reason varchar(1000),
    total_tool_calls integer NOT NULL DEFAULT 0,
    last_used_at timestamp,
    server_metadata json,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now()
);

CREATE TABLE tool_preferences (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    server_id uuid NOT NULL REFERENCES mcp_servers (id) ON DELETE CASCADE,
    tool_name varchar(255) NOT NULL,
    is_enabled boolean NOT NULL DEFAULT true,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now(),
    UNIQUE (project_id, server_id, tool_name)
);

CREATE TABLE user_favorites (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id),
    project_id uuid NOT NULL REFERENCES projects (id),
    favorite_type favoritetype NOT NULL,
    target_id varchar(255) NOT NULL,
    target_name varchar(255) NOT NULL,
    created_at timestamp NOT NULL DEFAULT now(),
    updated_at timestamp NOT NULL DEFAULT now(),
    UNIQUE (user_id, project_id, favorite_type, target_id)
);
