-- People, what they are members of, where they are signed in, and what they did.

ALTER TABLE projects ADD COLUMN description text NOT NULL DEFAULT '';

CREATE TABLE users (
    id uuid PRIMARY KEY,
    email text NOT NULL UNIQUE CHECK (email = lower(email COLLATE "C")),
    name text NOT NULL,
    -- argon2id; empty when the account has no password and cannot sign in.
    password_hash text NOT NULL,
    is_admin boolean NOT NULL,
    is_active boolean NOT NULL,
    created_at timestamptz(6) NOT NULL,
    updated_at timestamptz(6) NOT NULL,
    last_login_at timestamptz(6)
);

ALTER TABLE projects ADD COLUMN created_by uuid REFERENCES users (id) ON DELETE SET NULL;

-- No CHECK on role and invited_as: a row from an older system must not be able to break a list.
-- They are decoded in one place, and what is not known there has the least rights.
CREATE TABLE project_members (
    id uuid PRIMARY KEY,
    project_id uuid NOT NULL REFERENCES projects (id) ON DELETE CASCADE,
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    role text NOT NULL,
    invited_as text NOT NULL,
    invited_by uuid REFERENCES users (id) ON DELETE SET NULL,
    joined_at timestamptz(6) NOT NULL,
    CONSTRAINT project_members_once UNIQUE (project_id, user_id)
);
CREATE INDEX project_members_user ON project_members (user_id);

CREATE TABLE logins (
    token_sha256 bytea PRIMARY KEY CHECK (octet_length(token_sha256) = 32),
    user_id uuid NOT NULL REFERENCES users (id) ON DELETE CASCADE,
    created_at timestamptz(6) NOT NULL,
    last_seen_at timestamptz(6) NOT NULL,
    ip_address text NOT NULL,
    user_agent text NOT NULL
);
CREATE INDEX logins_user ON logins (user_id);

-- No foreign keys: what happened stays told when its project, actor or target is gone.
CREATE TABLE activities (
    id uuid PRIMARY KEY,
    project_id uuid,
    type text NOT NULL,
    actor text NOT NULL,
    actor_name text NOT NULL,
    target_type text NOT NULL,
    target_id text NOT NULL,
    target_name text NOT NULL,
    changes text NOT NULL,
    ip_address text NOT NULL
);
CREATE INDEX activities_project ON activities (project_id, id DESC);
CREATE INDEX activities_actor ON activities (actor, id DESC);
