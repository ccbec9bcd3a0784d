// A database of the Python mcp-orch with everything in it that such databases hold, odd rows
// included.

import { createCipheriv, createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { literal, query, urlOf } from './database.mjs';

const schema = new URL('./original_schema.sql', import.meta.url);
/** bcrypt, cost 4, of this text. */
export const password = 'a quiet harbour at dusk';
const bcrypt = '$2b$04$abcdefghijklmnopqrstuupTFg8QlJCEYuJ/lauzBeSt/lhscQDq.';

export const newFernetKey = () => `${randomBytes(32).toString('base64url')}=`;

/** What Python's cryptography.fernet makes of a text. */
export function fernet(key, text) {
    const bytes = Buffer.from(key, 'base64url');
    const vector = randomBytes(16);
    const cipher = createCipheriv('aes-128-cbc', bytes.subarray(16), vector);
    const time = Buffer.alloc(8);
    time.writeBigUInt64BE(BigInt(Math.floor(Date.now() / 1000)));
    const body = Buffer.concat([Buffer.from([0x80]), time, vector, cipher.update(text, 'utf8'),
        cipher.final()]);
    const mac = createHmac('sha256', bytes.subarray(0, 16)).update(body).digest();
    const token = Buffer.concat([body, mac]).toString('base64');
    return token.replaceAll('+', '-').replaceAll('/', '_');
}

const sha256 = (text) => createHash('sha256').update(text).digest('hex');

class Tables {
    rows = {};

    /** Adds a row with an id of its own; returns the row. */
    add(table, values) {
        const row = { id: randomUUID(), ...values };
        (this.rows[table] ??= []).push(row);
        return row;
    }

    sql() {
        return Object.entries(this.rows).flatMap(([table, rows]) => rows.map((row) =>
            `INSERT INTO mcp_orch.${table} (${Object.keys(row).join(', ')})`
            + ` VALUES (${Object.values(row).map(literal).join(', ')});`)).join('\n');
    }

    counts() {
        return Object.fromEntries(
            Object.entries(this.rows).map(([table, rows]) => [table, rows.length]));
    }
}

function addPeople(tables) {
    const person = (name, more = {}) => tables.add('users',
        { email: `${name}@example.org`, name, password: bcrypt, ...more });
    return {
        ada: person('ada', { is_admin: true }),
        bert: person('bert'),
        cleo: person('Cleo', { email: 'Cleo@Example.org' }),
        dora: person('dora', { is_active: false }),
        emil: person('emil', { password: null }),
        fred: person('fred', { name: null }),
    };
}

function addTeams(tables, { ada, bert, cleo, emil }) {
    const tools = tables.add('teams', { name: 'Tools', slug: 'tools' });
    const night = tables.add('teams', { name: 'Night Shift', slug: 'Night_Shift!' });
    const gone = tables.add('teams', { name: 'Gone', slug: 'gone', is_active: false });
    for (const [team, user, role] of [[tools, ada, 'OWNER'], [tools, bert, 'DEVELOPER'],
        [tools, cleo, 'REPORTER'], [night, cleo, 'OWNER'], [night, emil, 'REPORTER'],
        [gone, ada, 'OWNER']]) {
        tables.add('team_members', { team_id: team.id, user_id: user.id, role });
    }
    return { tools, night };
}

function addProjects(tables, { ada, bert, cleo, dora, emil }) {
    const shop = tables.add('projects', { name: 'The Shop', description: 'sells',
        created_by: ada.id, allowed_ip_ranges: '["127.0.0.0/8", "nonsense"]',
        unified_mcp_enabled: true });
    const lab = tables.add('projects', { name: 'lab', created_by: bert.id,
        jwt_auth_required: false });
    const twin = tables.add('projects', { name: 'Lab', created_by: cleo.id });
    const member = (project, user, role, invitedAs, by) => tables.add('project_members',
        { project_id: project.id, user_id: user.id, role, invited_as: invitedAs,
            invited_by: by.id });
    member(shop, ada, 'owner', 'individual', ada);
    member(shop, bert, 'reporter', 'team_member', ada);
    member(shop, bert, 'developer', 'individual', ada);
    member(shop, emil, 'MAINTAINER', 'guest', ada);
    member(lab, bert, 'owner', 'individual', bert);
    member(lab, dora, 'developer', 'external', bert);
    member(twin, cleo, 'owner', 'individual', cleo);
    return { shop, lab, twin };
}

function addServers(tables, { shop, lab }, { ada, bert }, fernetKey, runnable) {
    const server = (project, name, more) => tables.add('mcp_servers',
        { project_id: project.id, name, command: 'npx', created_by_id: ada.id, ...more });
    const sealed = (args, env) => ({ _args_encrypted: fernet(fernetKey, JSON.stringify(args)),
        _env_encrypted: fernet(fernetKey, JSON.stringify(env)) });
    return {
        runs: server(shop, 'runs', { command: runnable.command, timeout: 45,
            ...sealed(runnable.args, { ...runnable.env, TOKEN: 'canary-env' }) }),
        legacy: server(shop, 'legacy', { args: '["-y", "one"]', env: '{"PLAIN": "canary-plain"}' }),
        odd: server(shop, 'My Server.v2', { ...sealed([], {}), display_name: 'Mine' }),
        twins: server(lab, 'twin', sealed(['a'], {})),
        twice: server(lab, 'twin', sealed(['b'], {})),
        foreign: server(lab, 'foreign',
            { _args_encrypted: fernet(newFernetKey(), '[]'), _env_encrypted: '' }),
        off: server(lab, 'off', { is_enabled: false, jwt_auth_required: true, timeout: 9000,
            ...sealed([], {}) }),
        remote: server(lab, 'remote', { transport_type: 'sse', created_by_id: bert.id,
            ...sealed([], {}) }),
    };
}

function addKeys(tables, { shop, lab }, { ada }) {
    const clear = {};
    const key = (project, name, more = {}) => {
        clear[name] = `mch_${randomBytes(24).toString('hex')}`;
        return tables.add('api_keys', { project_id: project.id, name,
            key_hash: sha256(clear[name]), key_prefix: clear[name].slice(0, 8),
            key_suffix: clear[name].slice(-8), created_by_id: ada.id, ...more });
    };
    key(shop, 'good', { last_used_at: '2026-01-02T03:04:05.678', last_used_ip: '192.0.2.1' });
    key(shop, 'revoked', { is_active: false });
    key(shop, 'expired', { expires_at: '2020-01-01T00:00:00' });
    key(shop, 'limited', { rate_limit_per_minute: 7, rate_limit_per_day: 70 });
    key(lab, 'other');
    clear.legacy = `project_${randomBytes(24).toString('base64url')}`;
    key(lab, 'kept in clear text', { key_hash: clear.legacy });
    return clear;
}

/** Makes the database `original` next to the orchestrator's own. `runnable` is a server that can be
 * started. Returns how to reach it and what is in it. */
export async function makeOriginal(orchestrator, runnable) {
    const tables = new Tables();
    const fernetKey = newFernetKey();
    const people = addPeople(tables);
    const teams = addTeams(tables, people);
    const projects = addProjects(tables, people);
    const servers = addServers(tables, projects, people, fernetKey, runnable);
    const keys = addKeys(tables, projects, people);
    tables.add('tool_preferences', { project_id: projects.shop.id, server_id: servers.runs.id,
        tool_name: 'echo', is_enabled: false });
    tables.add('tool_preferences', { project_id: projects.lab.id, server_id: servers.off.id,
        tool_name: 'drop' });
    tables.add('user_favorites', { user_id: people.ada.id, project_id: projects.shop.id,
        favorite_type: 'server', target_id: servers.runs.id, target_name: 'runs' });
    await query(orchestrator, 'CREATE DATABASE original;');
    await query(orchestrator, readFileSync(schema, 'utf8') + tables.sql(), 'original');
    return { url: urlOf(orchestrator, 'original'), fernetKey, people, teams, projects, servers,
        keys, counts: tables.counts() };
}
