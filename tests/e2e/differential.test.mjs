// Whatever a client asks, it is answered as the server itself would answer it.

import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { eventually } from './support/deadline.mjs';
import { byHandOnly, casesOf } from './support/differential_cases.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { directly, ways } from './support/sdk_clients.mjs';
import * as definitions from './support/server_definitions.mjs';

const workspace = new Workspace();
const directory = join(workspace.shared, 'files');
const graph = join(workspace.shared, 'memory.jsonl');
const redPixel = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGA'
    + 'hKmMIQAAAABJRU5ErkJggg==', 'base64');

const servers = {
    everything: definitions.everything(),
    files: definitions.filesystem(directory),
    memory: definitions.memory(graph),
};

/** Puts everything that servers keep back to where it was. */
function reset() {
    rmSync(graph, { force: true });
    rmSync(directory, { recursive: true, force: true });
    for (const each of [directory, join(directory, 'sub')]) {
        mkdirSync(each);
        chmodSync(each, 0o777);
    }
    for (const [name, content] of Object.entries({ 'a.txt': 'first line\nsecond line\n',
        'b.txt': '', 'sub/c.json': '{"third": true}\n', 'pixel.png': redPixel })) {
        writeFileSync(join(directory, name), content);
        chmodSync(join(directory, name), 0o666);
    }
}

/** What differs from run to run: dynamic resources of server-everything say what time it is, in
 * plain text or in base64, and server-filesystem names temporary files at random. */
const passing = /\b\d{1,2}:\d\d:\d\d(\s[AP]M)?|\.[0-9a-f]{32}\.tmp/g;
const lasting = (value) => JSON.parse(JSON.stringify(value), (name, field) => {
    if (typeof field !== 'string') {
        return field;
    }
    if (name === 'text') {
        return field.replace(passing, '');
    }
    return name === 'blob' ? Buffer.from(field, 'base64').toString('latin1').replace(passing, '')
        : field;
});

async function answers(asker, cases, wanted = []) {
    const given = [];
    for (const request of cases) {
        let answer = lasting(await asker.ask(request));
        // A list that the server changed just now is read after a pause.
        const late = request.method.endsWith('/list') && wanted.length > 0
            && !isDeepStrictEqual(answer, wanted[given.length]);
        if (late) {
            await eventually(`${request.method} being up to date`, async () => {
                answer = lasting(await asker.ask(request));
                return isDeepStrictEqual(answer, wanted[given.length]);
            }).catch(() => {});
        }
        given.push(answer);
    }
    return given;
}

let orchestrator;
let key;
const cases = {};
const expected = {};

before(async () => {
    reset();
    orchestrator = await Orchestrator.start(workspace, { servers });
    key = await orchestrator.createKey('differential');
    for (const [name, definition] of Object.entries(servers)) {
        const direct = await directly(definition);
        try {
            const { result: { tools } } = await direct.ask({ method: 'tools/list', params: {} });
            cases[name] = casesOf(name, tools, directory);
            reset();
            expected[name] = await answers(direct, cases[name]);
        } finally {
            await direct.close();
        }
    }
});

after(() => orchestrator?.dispose());

test('there are 300 requests, and answers of every kind', (context) => {
    const all = Object.values(expected).flat();
    const failed = all.filter(({ result }) => result?.isError).length;
    const refused = all.filter(({ error }) => error !== undefined).length;
    context.diagnostic(`${all.length} requests: ${failed} tools failed, ${refused} refused; by `
        + `hand only: ${Object.keys(byHandOnly).join(', ')}`);
    assert.ok(all.length >= 300, `${all.length}`);
    assert.ok(failed >= 30, `${failed}`);
    assert.ok(refused >= 5, `${refused}`);
});

for (const [way, connect] of Object.entries(ways)) {
    describe(`through ${way}`, () => {
        for (const server of Object.keys(servers)) {
            test(`${server} answers as it does directly`, async (context) => {
                // A fresh process, as the direct one was.
                await orchestrator.api(`/api/projects/default/servers/${server}/restart`,
                    { method: 'POST' });
                reset();
                const asker = await connect(orchestrator, server, key);
                try {
                    const given = await answers(asker, cases[server], expected[server]);
                    const differing = given.flatMap((answer, index) => {
                        try {
                            assert.deepEqual(answer, expected[server][index]);
                            return [];
                        } catch {
                            return [[cases[server][index], answer, expected[server][index]]];
                        }
                    });
                    context.diagnostic(`${way}: ${given.length - differing.length} of `
                        + `${given.length} equal`);
                    assert.deepEqual(differing.slice(0, 5), [], `${differing.length} differ`);
                } finally {
                    await asker.close();
                }
            });
        }
    });
}
