// From the schema of a request body: bodies with one thing wrong each, and the path of it.

const megabyte = 1_000_000;
const elements = 10_000;

/** Values that stand in every body where nothing is wrong, by the name of the field. */
const samples = {
    name: 'fresh', email: 'fresh@example.org', new_owner_email: 'fresh@example.org',
    password: 'a quiet harbour at dusk', new_password: 'a quiet harbour at dawn',
    current_password: 'a quiet harbour at dusk', role: 'reporter', invited_as: 'individual',
    command: 'true', transport_type: 'stdio', url: 'https://example.org/mcp',
    process_policy: 'auto', naming_mode: 'always', favorite_type: 'project',
    expires_at: '2099-01-01T00:00:00Z', allowed_ip_ranges: ['10.0.0.0/8'],
    server_id: 'one', tool_name: 'echo', team_id: 'tools', target_id: 'one', target_name: 'one',
    ip_ranges: ['10.0.0.0/8'], client_types: ['cline'], retention_days: 30, timeout: 5,
};

const unwrapped = (schema) => {
    const choices = schema.anyOf?.filter(({ type }) => type !== 'null');
    return choices === undefined ? { schema, nullable: false }
        : { schema: choices[0], nullable: schema.anyOf.length > choices.length };
};

/** A value that the schema takes. */
function sample(name, given) {
    const { schema } = unwrapped(given);
    if (name in samples) {
        return structuredClone(samples[name]);
    }
    switch (schema.type) {
    case 'string': return 'x';
    case 'boolean': return true;
    case 'integer': case 'number': return 1;
    case 'array': return [sample('', schema.items)];
    case 'object': return schema.properties === undefined ? {}
        : Object.fromEntries((schema.required ?? []).map((field) =>
            [field, sample(field, schema.properties[field])]));
    default: return {};
    }
}

const wrongTypes = {
    string: [7, true, ['x'], { x: 1 }], boolean: ['true', 1, []], integer: ['1', 1.5, []],
    number: ['1', []], array: ['x', {}, 1], object: ['x', [], 1],
};

/** What is wrong with a value of this schema, as [what, value, path below it]. */
function* faultsOf(name, given) {
    const { schema, nullable } = unwrapped(given);
    if (schema.type === undefined) {
        return; // Any JSON is fine here.
    }
    for (const value of wrongTypes[schema.type]) {
        yield [`${JSON.stringify(value)} for ${schema.type}`, value, ''];
    }
    if (!nullable) {
        yield ['null', null, ''];
    }
    if (schema.type === 'string') {
        yield ['a megabyte', 'x'.repeat(megabyte), ''];
        yield ['a NUL', 'a\u0000b', ''];
    }
    if (schema.type === 'array') {
        yield [`${elements} elements`,
            Array.from({ length: elements }, () => sample('', schema.items)), ''];
        for (const [what, value, below] of faultsOf('', schema.items)) {
            yield [`${what} in a list`, [value], `[0]${below}`];
        }
    }
    if (schema.type === 'object' && schema.properties !== undefined) {
        yield ['an unknown member', { ...sample(name, schema), surprise: 1 }, '.surprise'];
        for (const [field, inner] of Object.entries(schema.properties)) {
            for (const [what, value, below] of faultsOf(field, inner)) {
                yield [what, { ...sample(name, schema), [field]: value }, `.${field}${below}`];
            }
        }
    }
}

/** Bodies as [what is wrong, body, path of the field]. */
export function* badBodies(schema) {
    for (const [what, body, path] of faultsOf('', schema)) {
        if (path !== '') {
            yield [what, body, path.slice(1)];
        }
    }
}

/** Texts that are no body of any operation. */
export const noBodies = [['nothing', ''], ['no JSON', '{'], ['a cut one', '{"name": "x'],
    ['a list', '[]'], ['a text', '"x"'], ['two bodies', '{}{}'], ['no UTF-8 in it', '{"a\ud800": 1}'],
    ['deep nesting', `${'['.repeat(100_000)}`]];
