// Addresses with one fault each, derived from the parameters of a route.

const unknownId = '00000000-0000-4000-8000-0000000000ff';

/** As they go over the wire. */
const segments = { 'an unknown id': unknownId, 'no id': 'no-such-thing',
    '1,000 characters': 'x'.repeat(1000), NUL: 'a%00b', 'the folder above': '..',
    'an escaped folder above': '..%2f..', 'an escaped slash': 'a%2fb', 'half an escape': 'a%2',
    'no UTF-8': '%ff%fe' };

const names = ['an unknown id', 'no id', 'an escaped slash', 'an escaped folder above'];

/** What may stand there after all, by the end of the route. */
const legal = {
    // People switch tools that a server does not offer yet.
    'PUT /tool-preferences/{server}/{tool}': { tool: names },
    // What a call came to is in the answer, as it is over MCP.
    'POST /tools/{tool}/execute': { tool: [...names, '1,000 characters', 'no UTF-8'] },
};
const isLegal = ({ method, pattern }, parameter, what) =>
    Object.entries(legal).some(([route, parameters]) => {
        const [verb, end] = route.split(' ');
        return method === verb && pattern.endsWith(end) && parameters[parameter]?.includes(what);
    });

/** Every parameter of the path in turn; `body` is a good one, and `places` are what the others
 * name. Those that are `legal` are good after all. */
export function* badPaths(world, operation, body, places = {}) {
    for (const { name, in: place } of operation.parameters) {
        for (const [what, segment] of place === 'path' ? Object.entries(segments) : []) {
            yield { what: `{${name}}: ${what}`, body, legal: isLegal(operation, name, what),
                path: world.address(operation.pattern, { ...places, [name]: segment }) };
        }
    }
}

/** Parameters that take whatever text there is to look for; others have a form. */
const searched = new Set(['search', 'search_text', 'tool_name', 'server_id', 'session_id',
    'project_id', 'action_filter', 'severity_filter', 'target_type', 'user_id', 'principal']);
const texts = { NUL: 'a%00b', 'no UTF-8': '%ff%fe', 'half an escape': 'a%2',
    '5,000 characters': 'x'.repeat(5000), 'another form': 'no-such-thing' };

/** Every parameter of the query in turn, and one that the route does not have. */
export function* badParameters(world, operation) {
    const path = world.address(operation.pattern);
    yield { what: 'unknown parameter', path: `${path}?surprise=1` };
    for (const { name, in: place } of operation.parameters) {
        for (const [what, text] of place === 'query' ? Object.entries(texts) : []) {
            yield { what: `?${name}: ${what}`, path: `${path}?${name}=${text}`,
                mild: searched.has(name) };
        }
    }
}
