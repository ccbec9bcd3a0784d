// V-15: whatever route is asked, with whatever id of another project in it, nothing of that other
// project comes back. The routes are those of /openapi.json.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const password = 'a quiet harbour at dusk';
const tenants = ['north', 'south'];
const marks = { north: 'canarynorth', south: 'canarysouth' };

let orchestrator;
let paths;
/** By tenant: its owner, its key and the ids of what is in it. */
const of = {};

async function furnish(name) {
    const mark = marks[name];
    const owner = new Browser(orchestrator);
    const email = `${mark}@example.org`;
    await owner.post('/api/users/signup', { name: mark, email, password });
    assert.equal((await owner.logIn(email, password)).status, 200);
    const make = async (path, body) => {
        const answer = await owner.post(path, body);
        assert.ok(answer.status < 300, `${path}: ${answer.text}`);
        return answer.json;
    };
    const project = await make('/api/projects', { name, description: mark });
    const { command, args, env } = faulty([]);
    const server = await make(`/api/projects/${name}/servers`, { name: 'tool', description: mark,
        command, args, env: { ...env, E2E_MARK: workspace.mark } });
    const key = await make(`/api/projects/${name}/api-keys`, { name: mark });
    const team = await make('/api/teams', { name: mark });
    const favorite = await make(`/api/projects/${name}/favorites`,
        { favorite_type: 'server', target_id: server.id, target_name: mark });
    const view = await make(`/api/projects/${name}/log-views`, { name: mark, query: '' });
    await owner.put(`/api/projects/${name}/tool-preferences/tool/${mark}`, { is_enabled: false });
    const session = await connect(orchestrator, 'server_http', { server: 'tool', name: mark,
        url: `/projects/${name}/servers/tool/mcp`, key: key.api_key });
    await session.call('echo', { text: mark });
    await session.close();
    const [call] = await eventually('the call being stored', async () => {
        const found = await rows(orchestrator, { project_id: name });
        return found.length > 0 && found;
    });
    const [member] = (await owner.get(`/api/projects/${name}/members`)).json;
    of[name] = { owner, key: key.api_key, ids: { project: project.id, server: server.id,
        key: key.id, team: team.id, favorite: favorite.id, view: view.id, member: member.id,
        user: member.user_id, call: call.id, tool: mark, session: call.session_id } };
}

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: {}, env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
    for (const name of tenants) {
        await furnish(name);
    }
    ({ paths } = (await orchestrator.api('/openapi.json')).json);
});

after(() => orchestrator?.dispose());

const fill = (path, ids) => path.replace(/\{(\w+)\}/g, (_, part) => ids[part] ?? 'x');
/** All but streams that do not end, which tests of their own look into. */
const reads = () => Object.entries(paths).filter(([path, { get }]) => get !== undefined
    && get.responses['200'].content?.['text/event-stream'] === undefined && !path.startsWith('/api/admin') && !path.startsWith('/api/users/admin'))
    .map(([path]) => path);
/** Every way to ask a route: ids of the own project with one of the other in each place. */
function* mixtures(path, own, other) {
    const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
    yield fill(path, own);
    for (const part of parts) {
        yield fill(path, { ...own, [part]: other[part] });
    }
}
const parameters = (path, own, other) => path.startsWith('/api/tool-call-logs')
    ? ['', `?project_id=${own.project}`, `?project_id=${other.project}`,
        `?project_id=${own.project}&server_id=${other.server}`,
        `?project_id=${own.project}&session_id=${other.session}`]
    : /server-logs|sessions/.test(path) ? ['', `?server_id=${other.server}`,
        `?project_id=${other.project}`] : [''];

test('V-15: no answer holds anything of another project, by cookie or by key', async () => {
    let asked = 0;
    const leaks = [];
    for (const [name, other] of [tenants, [...tenants].reverse()]) {
        const { owner, key, ids } = of[name];
        const foreign = Object.entries(of[other].ids).filter(([part]) => part !== 'tool')
            .map(([, id]) => id);
        for (const path of reads()) {
            for (const target of mixtures(path, ids, of[other].ids)) {
                for (const query of parameters(path, ids, of[other].ids)) {
                    for (const who of [() => owner.get(target + query),
                        () => orchestrator.api(target + query, { token: key })]) {
                        const { status, text } = await who();
                        ++asked;
                        const said = text.replaceAll(target, '');
                        if (status < 300 && (said.includes(marks[other])
                            || foreign.some((id) => said.includes(id)))) {
                            leaks.push(`${name} ${target}${query}: ${text.slice(0, 200)}`);
                        }
                    }
                }
            }
        }
    }
    assert.deepEqual(leaks, []);
    assert.ok(asked >= 250, `${asked} requests`);
});

test('V-15: the same routes do hold what is looked for, where one may see it', async () => {
    const silent = ['/openapi.json', '/health', '/livez', '/readyz', '/metrics', '/',
        '/api/projects/{project}/available-teams', '/api/projects/{project}/explain',
        '/api/projects/{project}/servers/{server}/logs', '/api/activities',
        '/api/projects/{project}/servers/{server}/logs/summary',
        '/api/projects/{project}/server-logs', '/api/projects/{project}/server-logs/summary',
        '/api/workers/status', '/api/workers/history',
        '/api/tool-call-logs/metrics', '/api/tool-call-logs/facets',
        '/api/tool-call-logs/histogram', '/api/tool-call-logs/metrics/groups',
        '/api/tool-call-logs/metrics/series', '/api/tool-call-logs/unused-tools', '/api/teams/{team}/projects',
        '/api/projects/{project}/servers/{server}/process',
        '/api/projects/{project}/servers/{server}/tools', '/api/projects/{project}/tools',
        '/api/setup',
        '/api/projects/{project}/activities/summary', '/api/projects/{project}/security',
        '/api/projects/{project}/usage'];
    const { owner, ids } = of.south;
    for (const path of reads().filter((one) => !silent.includes(one))) {
        const query = path.startsWith('/api/tool-call-logs') ? `?project_id=${ids.project}` : '';
        const { status, text } = await owner.get(fill(path, ids) + query);
        assert.equal(status, 200, `${path}: ${text}`);
        assert.ok(text.includes(marks.south), `${path}: ${text.slice(0, 300)}`);
    }
});

test('V-15: no change reaches into another project either', async () => {
    const { owner, ids } = of.north;
    const others = of.south;
    const began = await others.owner.get(`/api/projects/south/activities?limit=1`);
    for (const [path, methods] of Object.entries(paths)) {
        const parts = [...path.matchAll(/\{(\w+)\}/g)].map(([, part]) => part);
        for (const method of Object.keys(methods).filter((one) => one !== 'get')) {
            for (const part of parts) {
                const target = fill(path, { ...ids, [part]: others.ids[part] });
                const refused = part !== 'tool'
                    && await owner.request(target, { method: method.toUpperCase(), body: {} });
                assert.ok(!refused || refused.status >= 400, `${method} ${target}`);
            }
        }
    }
    const now = await others.owner.get(`/api/projects/south/activities?limit=1`);
    assert.deepEqual(now.json, began.json);
    assert.equal((await others.owner.get('/api/projects/south/servers/tool')).status, 200);
});
