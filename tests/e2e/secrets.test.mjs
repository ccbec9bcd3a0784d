// Secrets are planted wherever one can come in, and looked for wherever something comes out: the
// diagnostics at their most talkative, every answer, the metrics, and all that lies on the disk.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { Browser } from './support/browser.mjs';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Events } from './support/events.mjs';
import { rows } from './support/log.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const secret = () => `canary${randomUUID().replaceAll('-', '')}`;
const planted = {
    'value of the environment': secret(),
    'value of a header': secret(),
    'password of an account': secret(),
    'wrong password': secret(),
    'password that is changed to': secret(),
    'wrong key': secret(),
    'key in the query': secret(),
    'argument named password': secret(),
    'argument with a header': secret(),
};
const harmless = secret();
const email = 'ada@example.org';
const answers = [];

let orchestrator;
let ada;
let key;

/** Every answer of the REST API is kept, but for the one that shows a key on purpose. */
async function ask(who, path, options) {
    const answer = who === undefined ? await orchestrator.api(path, options)
        : await who.request(path, options);
    answers.push({ asked: `${options?.method ?? 'GET'} ${path}`, text: answer.text });
    return answer;
}

before(async () => {
    orchestrator = await Orchestrator.start(workspace, {
        servers: {
            local: faulty([], { env: { API_TOKEN: planted['value of the environment'] } }),
            remote: { type: 'http', url: 'https://tools.invalid/mcp',
                headers: { 'X-Auth': planted['value of a header'] } },
        },
        args: ['--log-level', 'debug'],
        env: { MCP_ORCH_SECURITY_SIGN_UP: 'true' },
    });
    key = await orchestrator.createKey('canary');
    planted['project key'] = key;
    planted['administrator token'] = orchestrator.adminToken;
});

after(() => orchestrator?.dispose());

test('people sign up, sign in and fail to', async () => {
    ada = new Browser(orchestrator);
    const password = planted['password of an account'];
    await ask(ada, '/api/users/signup', { method: 'POST', body: { name: 'Ada', email, password } });
    await ask(ada, '/api/users/login', { method: 'POST',
        body: { email, password: planted['wrong password'] } });
    assert.equal((await ask(ada, '/api/users/login', { method: 'POST', body: { email, password } }))
        .status, 200);
    planted['cookie before the new password'] = ada.cookie.split('=')[1];
    assert.equal((await ask(ada, '/api/profile/password', { method: 'PUT', body: {
        current_password: password, new_password: planted['password that is changed to'] } }))
        .status, 200);
});

test('clients call with secrets, and with the wrong ones', async () => {
    for (const entryPath of ['server_sse', 'server_http', 'unified_http']) {
        const session = await connect(orchestrator, entryPath, { server: 'local', key });
        await session.call('echo', { nonce: harmless,
            password: planted['argument named password'],
            headers: { authorization: planted['argument with a header'] } });
        if (entryPath === 'server_http') {
            planted['session of a client'] = session.transport.sessionId;
        }
        await session.close();
    }
    for (const path of ['/api/projects', '/projects/default/unified/mcp']) {
        await ask(undefined, path, { token: planted['wrong key'], method: 'POST', body: {} });
        await ask(undefined, `${path}?token=${planted['key in the query']}`, { token: null });
    }
    await eventually('the calls being stored',
        async () => (await rows(orchestrator)).length >= 3);
});

/** Keeps what a stream shows from the first row on, up to a row of a call or line. */
async function lookInto(path) {
    const events = await Events.open(orchestrator, path, {
        authorization: `Bearer ${orchestrator.adminToken}`,
        'last-event-id': '00000000-0000-0000-0000-000000000000' });
    await eventually('a row', () => events.all.length > 1);
    answers.push({ asked: path, text: JSON.stringify(events.all) });
    events.close();
}

test('every address of the API is read by the administrator', async () => {
    const { json: { paths } } = await ask(undefined, '/openapi.json');
    const [call] = await rows(orchestrator);
    const values = { project: 'default', server: 'local', call: call.id };
    for (const [pattern, methods] of Object.entries(paths)) {
        const path = pattern.replaceAll(/\{(\w+)\}/g, (_, name) => values[name] ?? randomUUID());
        if (methods.get !== undefined) {
            const named = methods.get.parameters.some(({ name }) => name === 'project_id');
            const target = named ? `${path}?project_id=default` : path;
            if (methods.get.responses['200'].content?.['text/event-stream'] === undefined) {
                await ask(undefined, target);
            } else {
                await lookInto(target);
            }
        }
    }
    await ask(undefined, '/metrics');
    assert.ok(answers.some(({ text }) => text.includes(harmless)), 'nothing was looked at');
});

const found = (text) => Object.entries(planted)
    .filter(([, value]) => text.includes(value)).map(([name]) => name);

test('V-11: no answer tells one', () => {
    for (const { asked, text } of answers) {
        assert.deepEqual(found(text), [], asked);
    }
});

test('S7, V-24: no diagnostic tells one', () => {
    const said = orchestrator.events.map((event) => JSON.stringify(event));
    assert.ok(said.some((line) => line.includes('/api/users/login')), 'nothing was said');
    assert.deepEqual(found([...said, ...orchestrator.strayLines].join('\n')), []);
});

test('V-24: nothing on the disk holds one, but the file that is there for it', () => {
    const files = (directory) => readdirSync(directory, { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? files(join(directory, entry.name))
            : entry.isFile() ? [join(directory, entry.name)] : []);
    let seen = 0;
    for (const file of files(orchestrator.dataDir)) {
        if (file.endsWith('/admin-token') || statSync(file, { throwIfNoEntry: false }) === undefined) {
            continue;
        }
        const bytes = readFileSync(file).toString('latin1');
        seen += bytes.includes(harmless) ? 1 : 0;
        assert.deepEqual(found(bytes), [], file);
    }
    assert.ok(seen > 0, 'what is not secret was not found either');
});
