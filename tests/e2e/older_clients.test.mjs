// What clients of older revisions get of servers that speak newer ones.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { RawHttpSession, request } from './support/raw_session.mjs';
import { everything } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace, { servers: { everything: everything() } });
    key = await orchestrator.createKey('older');
});

after(() => orchestrator?.dispose());

for (const version of ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25']) {
    const older = version < '2025-06-18';
    test(`a client of ${version} gets ${older ? 'text for what it does not know' : 'all'}`,
        async () => {
            const session = await RawHttpSession.open(orchestrator, 'everything', key, undefined,
                { version });
            const ask = async (method, params) => (await session.post(request(1, method, params)))
                .messages.at(-1).result;
            const call = (name, args) => ask('tools/call', { name, arguments: args });
            const { content } = await call('get-resource-links', { count: 3 });
            const links = content.filter(({ type }) => type === 'resource_link');
            assert.equal(links.length, older ? 0 : 3);
            assert.equal(content.filter(({ text }) => /demo:\/\/resource/.test(text)).length,
                older ? 3 : 0, JSON.stringify(content));
            const weather = await call('get-structured-content', { location: 'Chicago' });
            assert.equal(weather.structuredContent === undefined, older);
            assert.match(weather.content[0].text, /temperature/);
            const { tools } = await ask('tools/list', {});
            assert.equal(tools.some(({ outputSchema }) => outputSchema !== undefined), !older);
            assert.ok(tools.every(({ title }) => title !== undefined));
        });
}
