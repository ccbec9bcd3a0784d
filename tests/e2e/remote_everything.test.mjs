// server-everything behind the orchestrator, reached over HTTP, against the same server directly.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { connect, connectDirectly } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RemoteEverything } from './support/remote_everything.mjs';
import { everything } from './support/server_definitions.mjs';

const workspace = new Workspace();

let orchestrator;
let key;
let direct;
const remotes = {};

before(async () => {
    remotes.http = await RemoteEverything.start('streamableHttp');
    remotes.sse = await RemoteEverything.start('sse');
    orchestrator = await Orchestrator.start(workspace, { servers: {
        http: { type: 'streamable-http', url: remotes.http.url },
        sse: { type: 'sse', url: remotes.sse.url },
        // Its first POST is answered 404 there.
        guess: { type: 'streamable-http', url: remotes.sse.url },
    } });
    key = await orchestrator.createKey('remote-everything');
    direct = await connectDirectly(everything());
});

after(async () => {
    await direct?.close();
    await orchestrator?.dispose();
    await Promise.all(Object.values(remotes).map((remote) => remote.kill()));
});

for (const server of ['http', 'sse', 'guess']) {
    describe(server, () => {
        let session;
        before(async () => {
            session = await connect(orchestrator, 'server_http', { server, key });
        });
        after(() => session.close());

        test('its tools are what they are directly', async () => {
            assert.deepEqual(await session.tools(), await direct.tools());
        });

        test('its answers are what they are directly', async () => {
            const calls = [['echo', { message: 'Grüße \u{1F30D} "q" \\ \n' }],
                ['get-sum', { a: 1.5, b: -7 }], ['get-tiny-image', {}],
                ['get-structured-content', { location: 'Chicago' }], ['get-sum', { a: 'x' }],
                ['get-annotated-message', { messageType: 'error', includeImage: true }]];
            for (const [tool, args] of calls) {
                const [told, expected] = await Promise.all(
                    [session.call(tool, args), direct.call(tool, args)]
                        .map((call) => call.catch(({ code, message }) => ({ code, message }))));
                assert.deepEqual(told, expected, tool);
            }
        });

        test('progress of a long call reaches the caller', async () => {
            const seen = [];
            await session.call('trigger-long-running-operation', { duration: 1, steps: 4 },
                { onprogress: ({ progress }) => seen.push(progress) });
            assert.deepEqual(seen, [1, 2, 3, 4]);
        });
    });
}

for (const [server, remote] of [['http', 'http'], ['sse', 'sse']]) {
    test(`U4: killed in the middle of a call, it says so at once, and the next call works `
        + `(${server})`, async () => {
        const session = await connect(orchestrator, 'server_http', { server, key });
        const progress = [];
        const open = session.call('trigger-long-running-operation', { duration: 600, steps: 600 },
            { onprogress: (one) => progress.push(one) }).then(() => assert.fail('answered'),
            ({ message }) => message);
        await eventually('the call at work', () => progress.length > 0);
        await remotes[remote].kill();
        const told = await open;
        assert.match(told, new RegExp(`'${server}'.*(connection was lost|refused)`));
        await remotes[remote].start();
        const answer = await eventually('a call that works', async () => {
            const text = await session.text('echo', { message: 'again' }).catch(() => undefined);
            return text?.includes('again') && text;
        });
        assert.match(answer, /again/);
        await session.close();
    });
}
