// Prompts, resources, completions and log messages pass as the server has them, on each way in.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { LoggingMessageNotificationSchema, PromptListChangedNotificationSchema,
    ResourceUpdatedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { connect, entryPaths, isUnified } from './support/client.mjs';
import { eventually } from './support/deadline.mjs';
import { Orchestrator, Workspace } from './support/orchestrator.mjs';
import { asking, faulty } from './support/server_definitions.mjs';

const workspace = new Workspace();
let orchestrator;
let key;

before(async () => {
    orchestrator = await Orchestrator.start(workspace,
        { servers: { asking: asking(), other: asking(), plain: faulty() } });
    key = await orchestrator.createKey('features');
});

after(() => orchestrator?.dispose());

async function open(entryPath, server = 'asking') {
    const told = { logs: [], updates: [], prompts: 0 };
    const session = await connect(orchestrator, entryPath, { server, key, prepare: (client) => {
        client.setNotificationHandler(LoggingMessageNotificationSchema,
            ({ params }) => { told.logs.push(params.data); });
        client.setNotificationHandler(ResourceUpdatedNotificationSchema,
            ({ params }) => { told.updates.push(params.uri); });
        client.setNotificationHandler(PromptListChangedNotificationSchema,
            () => { told.prompts += 1; });
    } });
    return { session, client: session.client, told };
}

const refused = (code) => (error) => error.code === code;

for (const entryPath of entryPaths) {
    describe(entryPath, () => {
        const prefix = isUnified(entryPath) ? 'asking__' : '';

        test('C13: the client is told what the servers offer', async () => {
            const { session, client } = await open(entryPath);
            await session.tools();
            const offered = (await open(entryPath)).client.getServerCapabilities();
            assert.deepEqual(offered, { tools: { listChanged: true },
                prompts: { listChanged: true }, resources: { subscribe: true, listChanged: true },
                completions: {}, logging: {} });
            assert.ok(client.getInstructions() === undefined
                || client.getInstructions().includes('Ask before you act.'));
            assert.ok((await open(entryPath)).client.getInstructions()
                .includes('Ask before you act.'));
        });

        test('prompts are listed and got under the name of the endpoint', async () => {
            const { client } = await open(entryPath);
            const { prompts } = await client.listPrompts();
            const [greet] = prompts.filter(({ name }) => name === `${prefix}greet`);
            assert.deepEqual(greet.arguments, [{ name: 'who', required: true }]);
            const { messages } = await client.getPrompt({ name: `${prefix}greet`,
                arguments: { who: 'you' } });
            assert.equal(messages[0].content.text, 'greet: you');
            await assert.rejects(client.getPrompt({ name: `${prefix}none` }), refused(-32602));
        });

        test('resources keep their URIs, and each has one owner', async () => {
            const { client } = await open(entryPath);
            const { resources } = await client.listResources();
            assert.deepEqual(resources, [{ uri: 'note://one', name: 'one' }]);
            const { resourceTemplates } = await client.listResourceTemplates();
            assert.deepEqual(resourceTemplates,
                [{ uriTemplate: 'note://by-id/{id}', name: 'by id' }]);
            for (const uri of ['note://one', 'note://by-id/7']) {
                const { contents } = await client.readResource({ uri });
                assert.match(contents[0].text, new RegExp(`^note ${uri}, pid \\d+$`));
            }
            await assert.rejects(client.readResource({ uri: 'gone://x' }), refused(-32002));
        });

        test('completions reach the server that has the prompt or template', async () => {
            const { client } = await open(entryPath);
            const complete = async (ref) => (await client.complete({ ref,
                argument: { name: 'who', value: 'y' } })).completion.values;
            assert.deepEqual(await complete({ type: 'ref/prompt', name: `${prefix}greet` }),
                ['greet:y']);
            assert.deepEqual(await complete({ type: 'ref/resource', uri: 'note://by-id/{id}' }),
                ['note://by-id/{id}:y']);
        });

        test('C11: log messages come from the level on that the client set', async () => {
            const { session, client, told } = await open(entryPath);
            await client.setLoggingLevel('warning');
            await session.call('log', { level: 'info', data: `quiet ${entryPath}` });
            await session.call('log', { level: 'error', data: `loud ${entryPath}` });
            await eventually('the loud message', () => told.logs.length > 0);
            assert.deepEqual(told.logs, [`loud ${entryPath}`]);
            await assert.rejects(client.request({ method: 'logging/setLevel',
                params: { level: 'shouting' } }, { parse: (value) => value }), refused(-32602));
            await session.close();
        });

        test('C15: a server hears of a watched resource once, and each watcher of its changes',
            async () => {
                const one = await open(entryPath);
                const two = await open(entryPath);
                const uri = `note://${entryPath}`;
                const params = isUnified(entryPath) ? { uri: 'note://one' } : { uri };
                const watched = async () => (await one.session.json('who')).watched[params.uri];
                await one.client.subscribeResource(params);
                await two.client.subscribeResource(params);
                assert.equal(await watched(), 1);
                await one.session.call('touch', params);
                await eventually('both being told', () => one.told.updates.length === 1
                    && two.told.updates.length === 1);
                await one.client.unsubscribeResource(params);
                assert.equal(await watched(), 1);
                await two.session.close();
                await eventually('the last watcher being gone', async () => await watched() === 0);
                assert.equal(one.told.updates.length, 1);
            });

        test('C14: clients hear of other prompts', async () => {
            const { session, client, told } = await open(entryPath);
            const name = `made_${entryPath}`;
            await client.listPrompts();
            await session.call('add_prompt', { name });
            await eventually('the news', () => told.prompts > 0);
            assert.ok((await client.listPrompts()).prompts
                .some((prompt) => prompt.name === `${prefix}${name}`));
        });
    });
}

test('a server without prompts offers none', async () => {
    const first = await open('server_http', 'plain');
    await first.session.tools();
    const { client } = await open('server_http', 'plain');
    assert.deepEqual(client.getServerCapabilities(), { tools: { listChanged: true } });
    await assert.rejects(client.request({ method: 'prompts/get', params: { name: 'x' } },
        { parse: (value) => value }), refused(-32601));
});

test('lists are answered before any process runs, and are checked behind', async () => {
    assert.equal((await orchestrator.stop()).code, 0);
    orchestrator = await Orchestrator.start(workspace);
    const { client } = await open('unified_http');
    assert.ok((await client.listPrompts()).prompts.some(({ name }) => name === 'asking__greet'));
    assert.deepEqual((await client.listResources()).resources,
        [{ uri: 'note://one', name: 'one' }]);
    await eventually('the servers running', async () => {
        const { json } = await orchestrator.api('/api/projects/default/servers');
        return json.every(({ status }) => status === 'online');
    });
});
