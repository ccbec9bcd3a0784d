// The stdio server that the conformance suite's scenarios for servers ask for: their tools,
// resources and prompts, by the names that the suite looks for.

import { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import * as types from '@modelcontextprotocol/sdk/types.js';
import { setTimeout as delay } from 'node:timers/promises';

const redPixelPng = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAA'
    + 'AABJRU5ErkJggg==';
const silentWav = 'UklGRiQAAABXQVZFZm10IBAAAAABAAEAQB8AAIA+AAACABAAZGF0YQAAAAA=';
const betweenSteps = 50;

const text = (value) => ({ type: 'text', text: value });
const image = { type: 'image', data: redPixelPng, mimeType: 'image/png' };
const answer = (...content) => ({ content });

const server = new Server({ name: 'conformance-fixture', version: '1.0.0' }, {
    capabilities: {
        tools: { listChanged: true },
        resources: { subscribe: true, listChanged: true },
        prompts: { listChanged: true },
        logging: {},
        completions: {},
    },
});

const strings = (...names) => ({
    type: 'object',
    properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])),
    required: names,
});

async function elicited(message, requestedSchema, extra) {
    const { action, content } = await extra.sendRequest(
        { method: 'elicitation/create', params: { message, requestedSchema } },
        types.ElicitResultSchema);
    return { action, content };
}

const completed = ({ action, content }) => answer(text(
    `Elicitation completed: action=${action}, content=${JSON.stringify(content ?? {})}`));

const titled = (prefix, noun) => ['First', 'Second', 'Third'].map((ordinal, index) =>
    ({ const: `${prefix}${index + 1}`, title: `${ordinal} ${noun}` }));

/** Name → [description, input schema, function of (arguments, extra)]. */
const tools = {
    test_simple_text: ['Answers with a text.', strings(),
        () => answer(text('This is a simple text response for testing.'))],
    test_image_content: ['Answers with an image.', strings(), () => answer(image)],
    test_audio_content: ['Answers with a sound.', strings(),
        () => answer({ type: 'audio', data: silentWav, mimeType: 'audio/wav' })],
    test_embedded_resource: ['Answers with a resource.', strings(), () => answer({
        type: 'resource',
        resource: { uri: 'test://embedded-resource', mimeType: 'text/plain',
            text: 'This is an embedded resource content.' },
    })],
    test_multiple_content_types: ['Answers with a text, an image and a resource.', strings(),
        () => answer(text('Multiple content types test:'), image, {
            type: 'resource',
            resource: { uri: 'test://mixed-content-resource', mimeType: 'application/json',
                text: JSON.stringify({ test: 'data', value: 123 }) },
        })],
    test_tool_with_logging: ['Logs three times while it works.', strings(),
        async (_, extra) => {
            for (const data of ['Tool execution started', 'Tool processing data',
                'Tool execution completed']) {
                await extra.sendNotification(
                    { method: 'notifications/message', params: { level: 'info', data } });
                await delay(betweenSteps);
            }
            return answer(text('Logged three times.'));
        }],
    test_error_handling: ['Fails.', strings(), () => ({
        isError: true,
        ...answer(text('This tool intentionally returns an error for testing')),
    })],
    test_tool_with_progress: ['Reports progress three times.', strings(), async (_, extra) => {
        const progressToken = extra._meta?.progressToken;
        for (const progress of [0, 50, 100]) {
            if (progressToken !== undefined) {
                await extra.sendNotification({ method: 'notifications/progress',
                    params: { progressToken, progress, total: 100 } });
            }
            await delay(betweenSteps);
        }
        return answer(text('Reported three times.'));
    }],
    test_sampling: ['Asks the client for a completion.', strings('prompt'),
        async ({ prompt }, extra) => {
            const { content } = await extra.sendRequest({
                method: 'sampling/createMessage',
                params: { messages: [{ role: 'user', content: text(prompt) }], maxTokens: 100 },
            }, types.CreateMessageResultSchema);
            return answer(text(`LLM response: ${content.text}`));
        }],
    test_elicitation: ['Asks the user for a name and an address.', strings('message'),
        async ({ message }, extra) => {
            const { action, content } = await elicited(message, {
                type: 'object',
                properties: {
                    username: { type: 'string', description: "User's response" },
                    email: { type: 'string', description: "User's email address" },
                },
                required: ['username', 'email'],
            }, extra);
            return answer(text(
                `User response: action=${action}, content=${JSON.stringify(content ?? {})}`));
        }],
    test_elicitation_sep1034_defaults: ['Asks the user, with defaults.', strings(),
        async (_, extra) => completed(await elicited('Check the defaults.', {
            type: 'object',
            properties: {
                name: { type: 'string', default: 'John Doe' },
                age: { type: 'integer', default: 30 },
                score: { type: 'number', default: 95.5 },
                status: { type: 'string', enum: ['active', 'inactive', 'pending'],
                    default: 'active' },
                verified: { type: 'boolean', default: true },
            },
            required: [],
        }, extra))],
    test_elicitation_sep1330_enums: ['Asks the user to choose, in five ways.', strings(),
        async (_, extra) => completed(await elicited('Choose.', {
            type: 'object',
            properties: {
                untitledSingle: { type: 'string', enum: ['option1', 'option2', 'option3'] },
                titledSingle: { type: 'string', oneOf: titled('value', 'Option') },
                legacyEnum: { type: 'string', enum: ['opt1', 'opt2', 'opt3'],
                    enumNames: ['Option One', 'Option Two', 'Option Three'] },
                untitledMulti: { type: 'array',
                    items: { type: 'string', enum: ['option1', 'option2', 'option3'] } },
                titledMulti: { type: 'array', items: { anyOf: titled('value', 'Choice') } },
            },
            required: [],
        }, extra))],
    test_reconnection: ['Answers after a while.', strings(), async () => {
        await delay(2 * betweenSteps);
        return answer(text('Reconnected.'));
    }],
    json_schema_2020_12_tool: ['Tool with JSON Schema 2020-12 features', {
        $schema: 'https://json-schema.org/draft/2020-12/schema',
        type: 'object',
        $defs: { address: { $anchor: 'addressDef', type: 'object',
            properties: { street: { type: 'string' }, city: { type: 'string' } } } },
        properties: {
            name: { type: 'string' },
            address: { $ref: '#/$defs/address' },
            contactMethod: { type: 'string', enum: ['phone', 'email'] },
            phone: { type: 'string' },
            email: { type: 'string' },
        },
        allOf: [{ anyOf: [{ required: ['phone'] }, { required: ['email'] }] }],
        if: { properties: { contactMethod: { const: 'phone' } }, required: ['contactMethod'] },
        then: { required: ['phone'] },
        else: { required: ['email'] },
        additionalProperties: false,
    }, (args) => answer(text(JSON.stringify(args)))],
};

/** URI → [name, content]. */
const resources = {
    'test://static-text': ['static-text',
        { mimeType: 'text/plain', text: 'This is the content of the static text resource.' }],
    'test://static-binary': ['static-binary', { mimeType: 'image/png', blob: redPixelPng }],
    'test://watched-resource': ['watched-resource',
        { mimeType: 'text/plain', text: 'Watched resource content.' }],
};
const templated = /^test:\/\/template\/([^/]+)\/data$/;

const says = (content) => ({ role: 'user', content });

/** Name → [description, names of arguments, function of them]. */
const prompts = {
    test_simple_prompt: ['A prompt without arguments.', [],
        () => [says(text('This is a simple prompt for testing.'))]],
    test_prompt_with_arguments: ['A prompt with arguments.', ['arg1', 'arg2'],
        ({ arg1, arg2 }) => [says(text(
            `Prompt with arguments: arg1='${arg1}', arg2='${arg2}'`))]],
    test_prompt_with_embedded_resource: ['A prompt with a resource.', ['resourceUri'],
        ({ resourceUri }) => [says({ type: 'resource', resource: { uri: resourceUri,
            mimeType: 'text/plain', text: 'Embedded resource content for testing.' } }),
        says(text('Please process the embedded resource above.'))]],
    test_prompt_with_image: ['A prompt with an image.', [],
        () => [says(image), says(text('Please analyze the image above.'))]],
};

const invalid = (what) => new types.McpError(types.ErrorCode.InvalidParams, what);

server.setRequestHandler(types.ListToolsRequestSchema, () => ({
    tools: Object.entries(tools).map(([name, [description, inputSchema]]) =>
        ({ name, description, inputSchema })),
}));

server.setRequestHandler(types.CallToolRequestSchema, ({ params }, extra) => {
    const tool = tools[params.name];
    if (tool === undefined) {
        throw invalid(`no tool ${params.name}`);
    }
    return tool[2](params.arguments ?? {}, extra);
});

server.setRequestHandler(types.ListResourcesRequestSchema, () => ({
    resources: Object.entries(resources).map(([uri, [name, { mimeType }]]) =>
        ({ uri, name, description: `The resource ${name}.`, mimeType })),
}));

server.setRequestHandler(types.ListResourceTemplatesRequestSchema, () => ({
    resourceTemplates: [{ uriTemplate: 'test://template/{id}/data', name: 'template',
        description: 'Data by id.', mimeType: 'application/json' }],
}));

server.setRequestHandler(types.ReadResourceRequestSchema, ({ params: { uri } }) => {
    const id = templated.exec(uri)?.[1];
    const content = id === undefined ? resources[uri]?.[1] : {
        mimeType: 'application/json',
        text: JSON.stringify({ id, templateTest: true, data: `Data for ID: ${id}` }),
    };
    if (content === undefined) {
        throw new types.McpError(-32002, 'Resource not found', { uri });
    }
    return { contents: [{ uri, ...content }] };
});

server.setRequestHandler(types.SubscribeRequestSchema, () => ({}));
server.setRequestHandler(types.UnsubscribeRequestSchema, () => ({}));

server.setRequestHandler(types.ListPromptsRequestSchema, () => ({
    prompts: Object.entries(prompts).map(([name, [description, names]]) => ({
        name,
        description,
        arguments: names.map((argument) =>
            ({ name: argument, description: `The argument ${argument}.`, required: true })),
    })),
}));

server.setRequestHandler(types.GetPromptRequestSchema, ({ params }) => {
    const prompt = prompts[params.name];
    if (prompt === undefined) {
        throw invalid(`no prompt ${params.name}`);
    }
    return { messages: prompt[2](params.arguments ?? {}) };
});

server.setRequestHandler(types.CompleteRequestSchema, ({ params: { argument } }) => {
    const values = ['paris', 'park', 'party'].filter((value) => value.startsWith(argument.value));
    return { completion: { values, total: values.length, hasMore: false } };
});

await server.connect(new StdioServerTransport());
