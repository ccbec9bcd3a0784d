// A small organisation with one of everything that REST addresses name, and a census of it.

import { Agent, request } from 'node:http';
import { Browser } from './browser.mjs';
import { guardMs } from './deadline.mjs';
import { faulty } from './server_definitions.mjs';
import { Orchestrator } from './orchestrator.mjs';

const password = 'a quiet harbour at dusk';

export class RestWorld {
    #browser;
    #agent = new Agent({ keepAlive: true });
    #made = 0;

    static async start(workspace) {
        const world = new RestWorld();
        world.orchestrator = await Orchestrator.start(workspace,
            { servers: { faulty: faulty() }, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
        await world.#furnish();
        return world;
    }

    /** Who asks is an administrator with an account, who owns everything below. */
    async #furnish() {
        const account = async (name, is_admin = false) => (await this.#made201(
            this.orchestrator.api('/api/users/admin', { method: 'POST',
                body: { name, email: `${name}@example.org`, password, is_admin } }))).id;
        await account('ada', true);
        this.values = { user: await account('bob') };
        await account('eve');
        this.#browser = new Browser(this.orchestrator);
        await this.#browser.logIn('ada@example.org', password);
        const make = (path, body) => this.#made201(this.#browser.post(path, body));
        await make('/api/projects', { name: 'shop' });
        await make('/api/projects/shop/servers', { name: 'till', command: '/bin/false',
            is_enabled: false });
        const member = await make('/api/projects/shop/members', { email: 'bob@example.org' });
        const key = await make('/api/projects/shop/api-keys', { name: 'cashier' });
        const favourite = await make('/api/projects/shop/favorites',
            { favorite_type: 'server', target_id: 'till', target_name: 'till' });
        const view = await make('/api/projects/shop/log-views',
            { name: 'failures', query: 'status=error' });
        await make('/api/teams', { name: 'crew' });
        await make('/api/teams/crew/members/invite', { email: 'bob@example.org' });
        Object.assign(this.values, { project: 'shop', server: 'till', member: member.id,
            key: key.id, favorite: favourite.id, view: view.id, team: 'crew', tool: 'echo',
            call: '00000000-0000-4000-8000-000000000000',
            session: '00000000-0000-4000-8000-000000000000' });
    }

    async #made201(answering) {
        const answer = await answering;
        if (answer.status !== 201) {
            throw new Error(`${answer.status}: ${answer.text}`);
        }
        return answer.json;
    }

    /** A good value for the field `name`. */
    sample = (name) => ({
        email: 'eve@example.org', new_owner_email: 'eve@example.org', password,
        source: 'postgresql:///none?host=/nowhere', fernet_key: `${'A'.repeat(43)}=`, new_password: `${password} again`,
        current_password: password, command: '/bin/false', cwd: '/tmp', url: 'http://127.0.0.1:9/',
        args: 'x', timeout: 5, transport_type: 'stdio', process_policy: 'auto', role: 'developer',
        invited_as: 'individual', naming_mode: 'always', retention_days: 7, overlap_seconds: 60,
        favorite_type: 'tool', target_id: 'echo', target_name: 'echo', team_id: 'crew',
        server_id: 'till', servers: 'till', tools: 'echo', tool_name: 'echo',
        ip_ranges: '127.0.0.0/8', allowed_ip_ranges: '127.0.0.0/8', client_types: 'unknown',
        expires_at: '2099-01-01T00:00:00Z', user_ids: '00000000-0000-4000-8000-000000000000',
        server_check_interval: 300, max_workers: 4, max_instances: 1,
        calls_per_minute: 5, calls_per_day: 5, calls_at_once: 5, description: 'a sample',
        value: 'x', token: 'x', query: 'status=timeout', arguments: {}, config: { mcpServers: {} },
        is_admin: false, is_active: true, name: `sample-${++this.#made}`,
        display_name: 'A sample', is_enabled: false,
    })[name];

    /** The address of a route, with `replaced` in the place of what it names. */
    address(pattern, replaced = {}) {
        return pattern.replace(/\{([^}]*)\}/g, (_, name) => replaced[name] ?? this.values[name]);
    }

    #credential(path) {
        return path === '/api/admin/migrations'
            ? { authorization: `Bearer ${this.orchestrator.adminToken}` }
            : { cookie: this.#browser.cookie, 'sec-fetch-site': 'same-origin' };
    }

    /** One request whose path goes out as it stands, dots and escapes included. */
    ask(method, path, { body, type = 'application/json' } = {}) {
        const headers = { ...this.#credential(path),
            ...(body === undefined ? {} : { 'content-type': type,
                'content-length': Buffer.byteLength(body) }) };
        const { hostname, port } = new URL(this.orchestrator.url);
        return new Promise((resolve, reject) => {
            const sent = request({ agent: this.#agent, hostname, port, method, path, headers,
                timeout: guardMs }, (answer) => {
                const type = answer.headers['content-type'];
                if (type === 'text/event-stream') {
                    answer.destroy();
                    resolve({ status: answer.statusCode, text: '', type });
                    return;
                }
                let text = '';
                answer.setEncoding('utf8').on('data', (chunk) => { text += chunk; });
                answer.on('end', () => resolve({ status: answer.statusCode, text, type }));
            });
            sent.on('timeout', () => sent.destroy(new Error(`no answer to ${method} ${path}`)));
            sent.on('error', reject);
            sent.end(body);
        });
    }

    /** All that people can have stored, by what it is; nothing of it moves by itself. */
    async census() {
        const lists = {
            projects: '/api/projects', project: '/api/projects/shop',
            servers: '/api/projects/shop/servers', members: '/api/projects/shop/members',
            security: '/api/projects/shop/security', favourites: '/api/projects/shop/favorites',
            views: '/api/projects/shop/log-views',
            preferences: '/api/projects/shop/tool-preferences', keys: '/api/admin/api-keys',
            users: '/api/users/admin?include_inactive=true', profile: '/api/profile',
            teams: '/api/teams', team: '/api/teams/crew', crew: '/api/teams/crew/members',
            activities: '/api/activities?limit=200', statistics: '/api/admin/stats',
        };
        const counted = {};
        for (const [what, path] of Object.entries(lists)) {
            const { status, text } = await this.ask('GET', path);
            if (status !== 200) {
                throw new Error(`${path}: ${status}: ${text}`);
            }
            counted[what] = text;
        }
        // But for what the program itself takes.
        counted.statistics = counted.statistics
            .replace(/"(memory_bytes|running_actors|waiting_for_database)":\d+/g, '');
        return counted;
    }

    async dispose() {
        this.#agent.destroy();
        await this.orchestrator.dispose();
    }
}
