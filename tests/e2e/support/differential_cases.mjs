// Requests whose answers through the orchestrator must equal those of the server itself: generated
// from each tool's schema, and made by hand where a schema does not say what is interesting.

import { join } from 'node:path';

/** Tools that are not called with generated arguments, and why. */
export const byHandOnly = {
    'get-env': 'shows the environment, which is meant to differ',
    'gzip-file-as-resource': 'its default fetches from the network',
    'trigger-long-running-operation': 'its default takes ten seconds',
    'toggle-simulated-logging': 'leaves a timer that writes at random',
    'toggle-subscriber-updates': 'leaves a timer that writes at random',
    get_file_info: 'shows times of files, which each run makes anew',
};

const odd = 'Grüße "\\ \u2028 \u{1F30D}\t';

/** Values that are tried for a property, by its name where the server gives it a meaning. */
const pools = {
    everything: {
        message: ['hello', '', odd, 'x'.repeat(5000)],
        a: [1, -2.5, 1e21, 0], b: [3, 0.1],
        count: [1, 3, 10], resourceId: [1, 2, 77],
        topic: ['protocols'],
    },
    files: (directory) => ({
        path: ['a.txt', '', 'sub', 'missing.txt'].map((name) => join(directory, name))
            .concat('/etc/hostname'),
        paths: [[join(directory, 'a.txt')],
            ['a.txt', 'missing.txt', 'sub/c.json'].map((name) => join(directory, name))],
        source: [join(directory, 'b.txt'), join(directory, 'missing.txt')],
        destination: [join(directory, 'sub', 'moved.txt'), '/etc/moved.txt'],
        pattern: ['*.txt', '**/*', 'nothing'], excludePatterns: [[], ['*.txt']],
        content: ['new\n', odd], head: [1, 0], tail: [1, 2],
        edits: [[{ oldText: 'first', newText: odd }], [{ oldText: 'absent', newText: 'x' }], []],
    }),
    memory: {
        entities: [[], [{ name: 'ada', entityType: 'person', observations: ['counts', odd] },
            { name: odd, entityType: 'thing', observations: [] }]],
        relations: [[], [{ from: 'ada', to: odd, relationType: 'owns' }]],
        observations: [[{ entityName: 'ada', contents: ['writes', 'counts'] }],
            [{ entityName: 'nobody', contents: ['x'] }]],
        deletions: [[{ entityName: 'ada', observations: ['writes'] }]],
        entityNames: [['nobody'], [odd]],
        query: ['ada', '', odd], names: [['ada'], ['nobody'], []],
    },
};

const byType = {
    string: ['word', '', odd], number: [0, -1, 2.5], integer: [0, 7], boolean: [true, false],
    array: [[]], object: [{}],
};
const wrongType = {
    string: 17, number: 'seventeen', integer: 'one', boolean: 'yes', array: 'none', object: [],
};

function valuesOf(name, schema, pool) {
    return pool[name] ?? schema.enum ?? byType[schema.type] ?? ['anything'];
}

/** Argument objects for one tool: each value once, and what the schema forbids. */
function* argumentsFor({ properties = {}, required = [] }, pool) {
    const base = Object.fromEntries(required.map((name) =>
        [name, valuesOf(name, properties[name], pool)[0]]));
    yield base;
    yield { ...base, unexpected: odd };
    for (const [name, schema] of Object.entries(properties)) {
        for (const value of valuesOf(name, schema, pool)) {
            yield { ...base, [name]: value };
        }
        yield { ...base, [name]: wrongType[schema.type] ?? 17 };
        yield { ...base, [name]: null };
    }
    for (const name of required) {
        yield Object.fromEntries(Object.entries(base).filter(([other]) => other !== name));
    }
}

const call = (name, args) => ({ method: 'tools/call', params: { name, arguments: args } });
const each = (method, list) => list.map((params) => ({ method, params }));

const madeByHand = {
    everything: [
        { method: 'ping', params: {} },
        ...each('logging/setLevel', [{ level: 'warning' }, { level: 'emergency' }]),
        { method: 'tools/call', params: { name: 'get-tiny-image' } },
        ...each('prompts/get', [
            { name: 'simple-prompt' },
            { name: 'simple-prompt', arguments: {} },
            { name: 'args-prompt', arguments: { city: 'Köln' } },
            { name: 'args-prompt', arguments: { city: odd, state: 'NRW' } },
            { name: 'args-prompt', arguments: {} },
            { name: 'args-prompt' },
            { name: 'completable-prompt', arguments: { department: 'Sales', name: 'David' } },
            { name: 'resource-prompt', arguments: { resourceType: 'Text', resourceId: '1' } },
            { name: 'resource-prompt', arguments: { resourceType: 'Blob', resourceId: '2' } },
            { name: 'resource-prompt', arguments: { resourceType: 'None', resourceId: '2' } },
            { name: 'resource-prompt', arguments: { resourceType: 'Text', resourceId: 'x' } },
        ]),
        ...each('resources/read', [
            ...['architecture', 'extension', 'features', 'how-it-works', 'instructions', 'startup',
                'structure'].map((name) =>
                ({ uri: `demo://resource/static/document/${name}.md` })),
            { uri: 'demo://resource/dynamic/text/1' },
            { uri: 'demo://resource/dynamic/blob/2' },
            { uri: 'demo://resource/dynamic/text/zero' },
        ]),
        ...each('resources/subscribe', [{ uri: 'demo://resource/static/document/features.md' }]),
        ...each('resources/unsubscribe', [{ uri: 'demo://resource/static/document/features.md' }]),
        ...['', 'S', 'Sales', 'nothing'].map((value) => ({ method: 'completion/complete', params: {
            ref: { type: 'ref/prompt', name: 'completable-prompt' },
            argument: { name: 'department', value } } })),
        ...['', 'D', 'A'].map((value) => ({ method: 'completion/complete', params: {
            ref: { type: 'ref/prompt', name: 'completable-prompt' },
            argument: { name: 'name', value },
            context: { arguments: { department: 'Engineering' } } } })),
        ...['1', '10', 'x'].map((value) => ({ method: 'completion/complete', params: {
            ref: { type: 'ref/resource', uri: 'demo://resource/dynamic/text/{resourceId}' },
            argument: { name: 'resourceId', value } } })),
        call('trigger-long-running-operation', { duration: 0.02, steps: 2 }),
        call('trigger-long-running-operation', { duration: 0, steps: 1 }),
        ...['toggle-simulated-logging', 'toggle-subscriber-updates']
            .flatMap((name) => [call(name, {}), call(name, {})]),
        ...['resource', 'resourceLink'].map((outputType) => call('gzip-file-as-resource',
            { name: `${outputType}.gz`, data: 'data:text/plain;base64,SGVsbG8=', outputType })),
        { method: 'resources/read', params: { uri: 'demo://resource/session/resourceLink.gz' } },
        { method: 'resources/list', params: {} },
    ],
    files: (directory) => [
        ...['write_file', 'read_text_file', 'edit_file'].map((name) => call(name, {
            path: join(directory, 'note.md'), content: `# ${odd}\n1\n2\n`,
            edits: [{ oldText: '1', newText: 'one' }] })),
        call('edit_file', { path: join(directory, 'note.md'), dryRun: true,
            edits: [{ oldText: '2', newText: 'two' }] }),
        call('read_media_file', { path: join(directory, 'pixel.png') }),
        call('create_directory', { path: join(directory, 'deep', 'er', 'still') }),
        call('directory_tree', { path: directory }),
        call('list_directory_with_sizes', { path: directory, sortBy: 'size' }),
        call('search_files', { path: directory, pattern: '**/*.txt' }),
    ],
    memory: [
        { method: 'ping', params: {} },
        { method: 'resources/read', params: { uri: 'memory://knowledge-graph' } },
        call('create_entities', { entities: Array.from({ length: 50 }, (_, index) =>
            ({ name: `node ${index}`, entityType: 'node', observations: [`is ${index}`] })) }),
        call('create_relations', { relations: Array.from({ length: 49 }, (_, index) =>
            ({ from: `node ${index}`, to: `node ${index + 1}`, relationType: 'next' })) }),
        call('read_graph', {}),
        ...Array.from({ length: 30 }, (_, index) =>
            call('open_nodes', { names: [`node ${index}`, `node ${index + 1}`] })),
        ...Array.from({ length: 10 }, (_, index) => call('search_nodes', { query: `is ${index}` })),
        call('delete_entities', { entityNames: ['node 3', 'node 4'] }),
        call('read_graph', {}),
        { method: 'resources/read', params: { uri: 'memory://knowledge-graph' } },
    ],
};

const lists = {
    everything: ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'],
    files: ['tools/list'],
    memory: ['tools/list', 'resources/list'],
};

const forServer = (table, server, directory) =>
    (typeof table[server] === 'function' ? table[server](directory) : table[server]);

/** All requests for a server, in order; later ones build on earlier ones. */
export function casesOf(server, tools, directory) {
    const pool = forServer(pools, server, directory);
    const generated = tools.filter(({ name }) => byHandOnly[name] === undefined)
        .flatMap(({ name, inputSchema }) =>
            [...argumentsFor(inputSchema, pool)].map((args) => call(name, args)));
    return [...lists[server].map((method) => ({ method, params: {} })),
        ...generated, ...forServer(madeByHand, server, directory)];
}
