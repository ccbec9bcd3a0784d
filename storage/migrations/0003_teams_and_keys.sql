-- Teams, what keys may do, which tools are offered, favourites. Ranges, scopes and policies are
-- text that is decoded in one place: what is not known there allows the least.

ALTER TABLE projects ADD COLUMN auth_required boolean NOT NULL DEFAULT true;
ALTER TABLE projects ADD COLUMN allowed_ip_ranges text[] NOT NULL DEFAULT '{}';
ALTER TABLE projects ADD COLUMN naming text NOT NULL DEFAULT 'always';

-- Former names, which URLs may still hold.
CREATE TABLE project_aliases (
    alias text PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    position integer NOT NULL
);
CREATE INDEX project_aliases_project ON project_aliases (project_id);

-- NULL: as the project says.
ALTER TABLE servers ADD COLUMN auth_required boolean;
ALTER TABLE servers ADD COLUMN policy text NOT NULL DEFAULT 'auto';
ALTER TABLE servers ADD COLUMN created_by uuid REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE server_status ADD COLUMN starts bigint NOT NULL DEFAULT 0;
ALTER TABLE server_status ADD COLUMN restarts bigint NOT NULL DEFAULT 0;

-- A tool without a row is offered.
CREATE TABLE tool_switches (
    server_id uuid NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
    tool text NOT NULL,
    enabled boolean NOT NULL,
    created_at timestamptz(6) NOT NULL,
    updated_at timestamptz(6) NOT NULL,
    PRIMARY KEY (server_id, tool)
);

ALTER TABLE api_keys ADD COLUMN suffix text NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN description text NOT NULL DEFAULT '';
ALTER TABLE api_keys ADD COLUMN quarantined boolean NOT NULL DEFAULT false;
ALTER TABLE api_keys ADD COLUMN may_call boolean NOT NULL DEFAULT true;
-- No foreign key: a key for a server that is gone opens nothing, not everything.
ALTER TABLE api_keys ADD COLUMN scope_servers text[] NOT NULL DEFAULT '{}';
ALTER TABLE api_keys ADD COLUMN scope_tools text[] NOT NULL DEFAULT '{}';
ALTER TABLE api_keys ADD COLUMN ip_ranges text[] NOT NULL DEFAULT '{}';
ALTER TABLE api_keys ADD COLUMN client_types text[] NOT NULL DEFAULT '{}';
ALTER TABLE api_keys ADD COLUMN calls_per_minute integer NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN calls_per_day integer NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN calls_at_once integer NOT NULL DEFAULT 0;
ALTER TABLE api_keys ADD COLUMN created_by uuid REFERENCES users (id) ON DELETE SET NULL;
ALTER TABLE api_keys ADD COLUMN rotated_from uuid;
ALTER TABLE api_keys ADD COLUMN last_used_at timestamptz(6);
ALTER TABLE api_keys ADD COLUMN last_used_ip text NOT NULL DEFAULT '';

CREATE TABLE teams (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    slug text NOT NULL UNIQUE,
    description text NOT NULL,
    created_by uuid REFERENCES users (id) ON DELETE SET NULL,
    created_at timestamptz(6) NOT NULL,
    updated_at timestamptz(6) NOT NULL,
    CONSTRAINT teams_slug_is_a_slug CHECK (slug ~ '^[a-z0-9-]{1,63}$'),
    CONSTRAINT teams_slug_is_no_uuid CHECK (
        slug !~ '^([0-9a-f]{32}|[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})$')
);

CREATE TABLE team_members (
    id uuid PRIMARY KEY,
    team_id uuid NOT NULL REFERENCES teams (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role text NOT NULL,
    invited_by uuid REFERENCES users (id) ON DELETE SET NULL,
    joined_at timestamptz(6) NOT NULL,
    CONSTRAINT team_members_once UNIQUE (team_id, user_id)
);
CREATE INDEX team_members_user ON team_members (user_id);

ALTER TABLE project_members ADD COLUMN team_id uuid REFERENCES teams (id) ON DELETE SET NULL;

CREATE TABLE favourites (
    id uuid PRIMARY KEY,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('server', 'tool', 'project')),
    target_id text NOT NULL,
    target_name text NOT NULL,
    created_at timestamptz(6) NOT NULL,
    CONSTRAINT favourites_once UNIQUE (user_id, project_id, kind, target_id)
);

-- Like the project, without a foreign key.
ALTER TABLE activities ADD COLUMN team_id uuid;
CREATE INDEX activities_team ON activities (team_id, id DESC);
