-- All lists of a server, and what it said of itself, so that clients can be answered before it runs.

CREATE TABLE server_items (
    server_id uuid NOT NULL REFERENCES servers (id) ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('tools', 'prompts', 'resources', 'resource_templates')),
    position integer NOT NULL,
    name text NOT NULL,
    definition bytea NOT NULL,
    PRIMARY KEY (server_id, kind, position)
);

INSERT INTO server_items (server_id, kind, position, name, definition)
SELECT server_id, 'tools', position, name, definition FROM server_tools;

DROP TABLE server_tools;

CREATE TABLE server_introductions (
    server_id uuid PRIMARY KEY REFERENCES servers (id) ON DELETE CASCADE,
    capabilities bytea NOT NULL,
    instructions bytea NOT NULL
);
