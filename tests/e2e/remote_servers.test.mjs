// Remote servers over Streamable HTTP and HTTP+SSE: what clients get of them, and what is told when
// they fail.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RemoteFixture } from './support/remote_fixture.mjs';
import { faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
const secret = 'Bearer upstream-canary-7391';

let orchestrator;
let key;
/** Behind the server `web` alone, so that what it saw can be counted; `side` is behind others. */
let web;
let side;
let elsewhere;

const remote = (host, path, type = 'streamable-http') => ({ type, url: `${host.origin}${path}`,
    headers: { Authorization: secret, 'X-Team': 'blue', Accept: 'text/html' } });

before(async () => {
    web = await RemoteFixture.start();
    side = await RemoteFixture.start();
    elsewhere = await RemoteFixture.start();
    side.awayTo = elsewhere.origin;
    orchestrator = await Orchestrator.start(workspace, {
        servers: {
            web: remote(web, '/mcp'),
            events: remote(side, '/sse', 'sse'),
            older: remote(side, '/sse'),
            moved: remote(side, '/moved'),
            away: remote(side, '/away'),
            foreign: remote(side, '/foreign', 'sse'),
            nowhere: remote(side, '/nowhere'),
            gone: { type: 'streamable-http', url: 'http://127.0.0.1:9/mcp' },
        },
        env: { MCP_ORCH_CHILD_LINE_BYTES_MAX: '1MiB' },
    });
    key = await orchestrator.createKey('remote');
});

after(async () => {
    await orchestrator?.dispose();
    await Promise.all([web, side, elsewhere].map((host) => host?.close()));
});

async function withSession(server, body, entryPath = 'server_http') {
    const session = await connect(orchestrator, entryPath, { server, key });
    try {
        return await body(session);
    } finally {
        await session.close();
    }
}

/** What a failing call tells the client. */
async function faultOf(session, tool) {
    try {
        const answer = await session.call(tool);
        assert.equal(answer.isError, true, JSON.stringify(answer).slice(0, 500));
        return answer.content[0].text;
    } catch (error) {
        return error.message;
    }
}

const refresh = async (name) => (await orchestrator.api(
    `/api/projects/default/servers/${name}/refresh-status`, { method: 'POST' })).json;

describe('Streamable HTTP', () => {
    test('a call is answered, as JSON and as a stream with progress', () =>
        withSession('web', async (session) => {
            assert.deepEqual(await session.json('echo', { a: 'ü' }), { a: 'ü' });
            const seen = [];
            const answer = await session.call('stream', {},
                { onprogress: (progress) => seen.push(progress.progress) });
            assert.equal(answer.content[0].text, 'streamed');
            assert.deepEqual(seen, [1]);
        }));

    test('U10: an upstream gets the headers of its definition and no token of a client',
        async () => {
            await withSession('web', (session) => session.call('echo'));
            await withSession('events', (session) => session.call('echo'));
            assert.ok(web.requests.length >= 5 && side.requests.length >= 5);
            for (const { path, headers, url } of [...web.requests, ...side.requests]) {
                assert.equal(headers.authorization, secret);
                assert.equal(headers['x-team'], 'blue');
                assert.doesNotMatch(headers.accept ?? '', /html/);
                assert.equal(JSON.stringify([headers, url]).includes(key), false, path);
            }
            assert.deepEqual(elsewhere.requests, []);
        });

    test('U6: the version of the handshake stands on every later request, and no routing header', async () => {
        await withSession('web', (session) => session.call('echo'));
        const [first] = web.posted('initialize');
        assert.equal(first.headers['mcp-protocol-version'], undefined);
        const later = [...web.posted('tools/list'), ...web.calls('echo')];
        assert.ok(later.length > 1);
        for (const { headers } of later) {
            assert.equal(headers['mcp-protocol-version'], first.message.params.protocolVersion);
            assert.ok(headers['mcp-session-id']);
        }
        // Those are of 2026-07-28.
        for (const { headers } of web.requests) {
            assert.deepEqual(Object.keys(headers).filter((name) =>
                /^mcp-(method|name|param)/.test(name)), []);
        }
    });

    test('U4: a server that forgets its session is asked again, and the client sees nothing',
        () => withSession('web', async (session) => {
            await session.call('echo');
            const begun = web.posted('initialize').length;
            web.forget();
            const before = web.runs;
            assert.equal(await session.text('once'), `run ${before + 1}`);
            assert.equal(web.posted('initialize').length, begun + 1);
            assert.equal(web.runs, before + 1);
            assert.deepEqual(session.errors, []);
            await eventually('the tools listed anew', () => {
                const known = [...web.sessions];
                return web.posted('tools/list').some(({ headers }) =>
                    known.includes(headers['mcp-session-id']));
            });
        }));

    test('U4: many calls at that moment lead to one new session and to one run each', () =>
        withSession('web', async (session) => {
            await session.call('echo');
            const begun = web.posted('initialize').length;
            const before = web.runs;
            web.forget();
            const answers = await Promise.all(Array.from({ length: 20 },
                () => session.text('once')));
            assert.equal(new Set(answers).size, 20);
            assert.equal(web.runs, before + 20);
            assert.equal(web.posted('initialize').length, begun + 1);
        }));

    test('U5: a broken stream is taken up with Last-Event-ID, and nothing is posted twice', () =>
        withSession('web', async (session) => {
            const before = web.calls('resume').length;
            assert.equal(await session.text('resume'), 'resumed');
            assert.equal(web.calls('resume').length, before + 1);
            const resumed = web.requests.filter(({ headers }) => headers['last-event-id']);
            assert.equal(resumed.length, 1);
            assert.equal(resumed[0].method, 'GET');
        }));

    const faults = {
        drop: /'web'.*connection was lost before its answer/,
        break: /'web'.*connection was lost within its answer/,
        huge: /'web'.*over the limit of 1048576 bytes/,
        endless: /'web'.*over the limit of 1048576 bytes/,
        // What it is of is the value of a header of its own, and so told to nobody.
        page: /'web'.*of type "\[secret\]", neither JSON nor a stream/,
        silent: /'web'.*HTTP 202/,
        broken: /'web'.*cannot be read/,
        unavailable: /'web'.*HTTP 503 Service Unavailable: under repair/,
        other: /'web'.*none to the request/,
    };
    for (const [tool, told] of Object.entries(faults)) {
        test(`an answer that fails (${tool}) is the fault of its call alone`, () =>
            withSession('web', async (session) => {
                const open = session.call('hang', {}, { signal: undefined });
                open.catch(() => {});
                const starts = (await orchestrator.server('web')).process?.starts;
                const before = web.calls(tool).length;
                assert.match(await faultOf(session, tool), told);
                assert.equal(web.calls(tool).length, before + 1);
                assert.deepEqual(await session.json('echo', { still: 1 }), { still: 1 });
                assert.equal((await orchestrator.server('web')).process?.starts, starts);
            }));
    }

    test('a cancelled call is told to the server', () => withSession('web', async (session) => {
        const abort = new AbortController();
        const call = session.call('hang', {}, { signal: abort.signal });
        await eventually('the call at the server', () => web.calls('hang').length > 0);
        const { id } = web.calls('hang').at(-1).message;
        abort.abort();
        await assert.rejects(call);
        await eventually('the cancellation', () => web.posted('notifications/cancelled')
            .some(({ message }) => message.params.requestId === id));
    }));

    test('list_changed on the stream of the server reaches the client', () =>
        withSession('web', async (session) => {
            await session.call('echo');
            const stream = await eventually('a stream', () => [...web.streams].at(-1));
            const listed = web.posted('tools/list').length;
            stream.write('data: {"jsonrpc":"2.0","method":"notifications/tools/list_changed"}\n\n');
            await eventually('another list', () => web.posted('tools/list').length > listed);
        }));

    test('a redirect within the server is followed, one that leaves it is not', async () => {
        await withSession('moved', async (session) =>
            assert.deepEqual(await session.json('echo', { a: 1 }), { a: 1 }));
        const { status, error: told } = await refresh('away');
        assert.equal(status, 'error');
        assert.match(told, new RegExp(`HTTP 307.* to ${elsewhere.origin}/mcp`));
        assert.deepEqual(elsewhere.requests, []);
    });
});

describe('HTTP+SSE', () => {
    for (const server of ['events', 'older']) {
        test(`a call is answered (${server})`, () => withSession(server, async (session) => {
            assert.deepEqual(await session.json('echo', { b: 2 }), { b: 2 });
        }));
    }

    test('the end of the stream fails open calls at once, and the next call works', () =>
        withSession('events', async (session) => {
            await session.call('echo');
            const open = faultOf(session, 'hang');
            await eventually('the call at the server', () => side.posted('tools/call')
                .some(({ message }) => message.params.name === 'hang'));
            [...side.listeners.values()].forEach((stream) => stream.socket.destroy());
            assert.match(await open, /'events'.*lost before it answered.*connection was lost/);
            assert.deepEqual(await session.json('echo', { c: 3 }), { c: 3 });
        }));

    test('S5: an endpoint of another origin is refused', async () => {
        const { status, error: told } = await refresh('foreign');
        assert.equal(status, 'error');
        assert.match(told, /not at its own origin/);
        assert.deepEqual(elsewhere.requests, []);
    });
});

describe('what is told of them', () => {
    test('a server that speaks neither transport says what it said to both', async () => {
        const { status, error: told } = await refresh('nowhere');
        assert.equal(status, 'error');
        assert.match(told, /neither Streamable HTTP \(HTTP 404.*\) nor HTTP\+SSE \(HTTP 404/);
    });

    test('U8: a server that is away fails neither the list of all nor the others', () =>
        withSession(undefined, async (session) => {
            const names = (await session.tools()).map(({ name }) => name);
            assert.ok(names.includes('web__echo') && names.includes('events__echo'));
            assert.equal(names.some((name) => name.startsWith('gone__')), false);
            const { status, error: told } = await refresh('gone');
            assert.equal(status, 'error');
            assert.match(told, /http:\/\/127\.0\.0\.1:9: .*refused/i);
        }, 'unified_http'));

    test('its state has no pid but a time, and its log tells of its life', async () => {
        assert.equal((await refresh('web')).status, 'online');
        const { json: state } = await orchestrator.api(
            '/api/projects/default/servers/web/process');
        assert.equal(state.pid, 0);
        assert.equal(state.memory_bytes, 0);
        assert.ok(state.started_at);
        assert.ok(state.uptime_seconds >= 0);
        assert.match(state.timeline.map(({ message }) => message).join('\n'),
            /connecting to http:\/\/127\.0\.0\.1:\d+$/m);
    });

    test('a restart ends the session and begins another', async () => {
        await refresh('web');
        const ended = () => web.requests.filter(({ method }) => method === 'DELETE').length;
        const before = ended();
        const { json } = await orchestrator.api('/api/projects/default/servers/web/restart',
            { method: 'POST' });
        assert.equal(json.status, 'online');
        assert.equal(ended(), before + 1);
    });

    test('a definition is tried out, also one that fails', async () => {
        const trial = async (url, more = {}) => (await orchestrator.api(
            '/api/projects/default/servers/test-connection',
            { method: 'POST', body: { transport_type: 'streamable-http', url, ...more } })).json;
        const good = await trial(web.url);
        assert.equal(good.success, true, JSON.stringify(good));
        assert.ok(good.tools_count > 5);
        assert.equal(good.server_info.name, 'remote-fixture');
        assert.match((await trial(`${web.origin}/nowhere`)).error_message, /HTTP 404/);
        // S5: cloud metadata, and names of it that only the resolver understands.
        for (const host of ['169.254.169.254', '0xa9.0xfe.0xa9.0xfe', '2852039166',
            '[::ffff:169.254.169.254]', '[fe80::1]', '0.0.0.0']) {
            assert.match((await trial(`http://${host}/mcp`)).error_message,
                /no address that servers have|cannot be looked up/, host);
        }
        assert.match((await trial('http://203.0.114.1/mcp')).error_message, /takes https/);
    });

    test('S7: no header of a definition shows up in logs and states', async () => {
        const texts = await Promise.all(['servers', 'servers/web', 'servers/web/process',
            'servers/web/logs', 'servers-export', 'activities'].map(async (path) =>
            (await orchestrator.api(`/api/projects/default/${path}`)).text));
        for (const text of [...texts, orchestrator.transcript()]) {
            assert.doesNotMatch(text, /upstream-canary/);
        }
    });
});

test('S5: another origin gets none of the headers that were stored for the first', async () => {
    const path = '/api/projects/default/servers';
    const change = (method, place, body) => orchestrator.api(`${path}${place}`, { method, body });
    const made = await change('POST', '', { name: 'moves', transport_type: 'streamable-http',
        url: web.url, headers: { Authorization: secret } });
    assert.equal(made.status, 201, made.text);
    assert.deepEqual((await change('PUT', '/moves', { url: `${web.url}?a=b` })).json.header_names,
        ['Authorization']);
    const moved = await change('PUT', '/moves', { url: elsewhere.url });
    assert.deepEqual(moved.json.header_names, [], moved.text);
    assert.equal((await refresh('moves')).status, 'online');
    assert.ok(elsewhere.requests.length > 0);
    assert.equal(JSON.stringify(elsewhere.requests).includes(secret), false);
    assert.equal((await change('PUT', '/moves', { url: 'http://user:pass@127.0.0.1/' })).status,
        400);
});

test('an idle remote server has its session ended', async () => {
    const place = new Workspace();
    const idle = await Orchestrator.start(place, { servers: { web: remote(web, '/mcp') },
        env: { MCP_ORCH_SERVERS_IDLE_STOP: '1s' } });
    try {
        const before = web.sessions.size;
        await idle.api('/api/projects/default/servers/web/refresh-status', { method: 'POST' });
        await eventually('a stopped server',
            async () => (await idle.server('web')).status === 'stopped');
        assert.equal(web.sessions.size, before);
        assert.equal(web.requests.at(-1).method, 'DELETE');
    } finally {
        await idle.dispose();
    }
});

test('S5: where other machines reach the orchestrator, nothing inside is asked', async () => {
    const place = new Workspace();
    const strict = await Orchestrator.start(place, { servers: { web: remote(web, '/mcp') },
        env: { MCP_ORCH_SECURITY_REMOTE_SERVERS: 'internet' } });
    try {
        const before = web.requests.length;
        const { json } = await strict.api('/api/projects/default/servers/web/refresh-status',
            { method: 'POST' });
        assert.equal(json.status, 'error');
        assert.match(json.error, /security\.remote_servers/);
        assert.equal(web.requests.length, before);
    } finally {
        await strict.dispose();
    }
});

test('a call over HTTP+SSE takes as long as its tool, and a silent stream stays open', async () => {
    const own = new Workspace();
    // What an answer that no tool stands behind may take, streams apart.
    const patience = 3_000;
    const behind = await Orchestrator.start(own, { servers: { faulty: faulty() },
        env: { MCP_ORCH_SERVERS_HANDSHAKE_TIMEOUT: `${patience}ms` } });
    try {
        const opening = await behind.createKey('opening');
        const made = await behind.api('/api/projects/default/servers', { method: 'POST', body: {
            name: 'loop', transport_type: 'sse',
            url: new URL('/projects/default/servers/faulty/sse', behind.url).href,
            headers: { Authorization: `Bearer ${opening}` } } });
        assert.equal(made.status, 201, made.text);
        const session = await connect(behind, 'server_http', { server: 'loop', key: opening });
        const nonce = 'as long as it takes';
        const answer = await session.json('slow', { ms: patience + 500, nonce });
        assert.equal(answer.nonce, nonce);
        await session.close();
    } finally {
        await behind.dispose();
    }
});
