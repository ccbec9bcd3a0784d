// Bodies with one fault each, derived from the schema of a good one.

const mark = '@the faulty part@';
const tooMany = 10_000;
const nested = (depth) => '['.repeat(depth) + ']'.repeat(depth);
const items = (raw) => `[${Array(tooMany).fill(raw).join()}]`;

/** One mebibyte that an answer must not carry back. */
export const huge = 'x'.repeat(1024 * 1024);

/** "scope.servers[0]": how the server names a place in a body. */
const pathOf = (steps) => steps.reduce((path, step) => typeof step === 'number'
    ? `${path}[${step}]` : path === '' ? step : `${path}.${step}`, '');

const typeOf = (schema) => schema.anyOf?.find(({ type }) => type !== 'null').type
    ?? schema.type ?? 'anything';

/** A value that fits `schema` as the field `name`; `samples` knows the texts and numbers. */
function sampleOf(schema, name, samples) {
    switch (typeOf(schema)) {
    case 'object':
        return schema.properties === undefined
            ? { SAMPLE: sampleOf(schema.additionalProperties, 'value', samples) }
            : Object.fromEntries(schema.required.map((field) =>
                [field, sampleOf(schema.properties[field], field, samples)]));
    case 'array': return [sampleOf(schema.items, name, samples)];
    case 'boolean': return samples(name) ?? true;
    default: return samples(name);
    }
}

/** Every place of a body, as steps from its root, with its schema. */
function* placesOf(schema, steps = []) {
    if (steps.length > 0) {
        yield { steps, schema };
    }
    for (const [field, inner] of Object.entries(schema.properties ?? {})) {
        yield* placesOf(inner, [...steps, field]);
    }
    if (schema.items !== undefined) {
        yield* placesOf(schema.items, [...steps, 0]);
    }
    if (typeof schema.additionalProperties === 'object') {
        yield* placesOf(schema.additionalProperties, [...steps, 'SAMPLE']);
    }
}

/** What is wrong at a place whatever belongs there, as JSON text; `vague` faults break the body as
 * a whole, so that no field can be named. */
function* wrongValues(schema, sample) {
    const type = typeOf(schema);
    const string = { what: '1 MB', raw: `"${huge}"` };
    const many = { what: '10,000 elements', raw: items(type === 'array'
        ? JSON.stringify(sample[0]) : '"x"') };
    yield { what: 'deep nesting', raw: nested(1000), vague: true };
    yield { what: 'a lone surrogate', raw: '"\\ud800"', vague: true };
    if (type === 'anything') {
        yield { what: 'wrong type', raw: '42' };
        yield many;
        yield string;
        return;
    }
    yield { what: 'wrong type', raw: { string: '42', array: '{}', object: '[]' }[type] ?? '"7"' };
    yield { what: 'nesting', raw: nested(20) };
    yield many;
    yield string;
    if (schema.anyOf === undefined) {
        yield { what: 'null', raw: 'null' };
    }
    if (type === 'string') {
        yield { what: 'NUL', raw: '"a\\u0000b"' };
        yield { what: 'line break', raw: '"a\\nb"' };
        yield { what: 'text direction override', raw: '"a\\u202eb"' };
    }
    if (type === 'integer') {
        yield { what: 'a fraction', raw: '1.5' };
        yield { what: 'a huge number', raw: '1e300' };
        yield { what: 'a negative number', raw: '-1' };
    }
    if (type === 'object' && schema.properties === undefined) {
        const pairs = Array.from({ length: tooMany }, (_, index) => `"N${index}":"x"`);
        yield { what: '10,000 members', raw: `{${pairs.join()}}` };
        yield { what: 'a name with NUL', raw: '{"a\\u0000b":"x"}' };
        yield { what: 'a name of 1 MB', raw: `{"${huge}":"x"}` };
    }
}

/** `body` with `value` where `steps` lead; what is missing on the way is made. */
function placed(body, steps, value, schema, samples) {
    if (steps.length === 0) {
        return value;
    }
    const [step, ...rest] = steps;
    const inner = schema.items ?? schema.properties?.[step] ?? schema.additionalProperties;
    const copy = Array.isArray(body) ? [...body] : { ...body };
    copy[step] = placed(copy[step] ?? sampleOf(inner, String(step), samples), rest, value, inner,
        samples);
    return copy;
}

/** A body that is taken: what is required, and `more`. */
export const goodBody = (schema, samples, more = {}) =>
    ({ ...sampleOf(schema, '', samples), ...more });

/** Bodies that must be refused as a whole; `good` is one that is taken. */
function* wrongBodies(good) {
    const text = JSON.stringify(good);
    const raws = { 'no JSON': 'hello', truncated: text.slice(0, -1), 'a list': '[]',
        'a string': '"x"', null: 'null', 'text behind it': `${text} x`, empty: '' };
    for (const [what, raw] of Object.entries(raws)) {
        yield { what, body: raw };
    }
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data']) {
        yield { what: `a body of ${type}`, body: text, type };
    }
    const unknown = JSON.stringify({ ...good, surprise: 1 });
    yield { what: 'unknown field', body: unknown, field: 'surprise' };
    yield { what: 'unknown field of 1 MB',
        body: JSON.stringify({ ...good, [huge]: 1 }), field: huge.slice(0, 100) };
}

function* duplicates(schema, good, samples) {
    const [field, inner] = Object.entries(schema.properties)[0];
    const value = JSON.stringify(sampleOf(inner, field, samples));
    yield { what: 'a field twice', field,
        body: JSON.stringify({ ...good, [field]: mark })
            .replace(`"${mark}"`, `${value},"${field}":${value}`) };
}

/** Cases {what, at?, body, type?, field?}: `field` is what the refusal must name; `more` as above. */
export function* faultyBodies(schema, samples, more) {
    const good = goodBody(schema, samples, more);
    yield* wrongBodies(good);
    yield* duplicates(schema, good, samples);
    for (const field of schema.required) {
        const { [field]: _, ...rest } = good;
        yield { what: `no ${field}`, body: JSON.stringify(rest), field };
    }
    for (const { steps, schema: inner } of placesOf(schema)) {
        const field = pathOf(steps);
        const name = String(steps.filter((step) => typeof step === 'string').at(-1));
        const framed = JSON.stringify(placed(good, steps, mark, schema, samples));
        for (const { what, raw, vague } of wrongValues(inner, sampleOf(inner, name, samples))) {
            yield { what, at: field, body: framed.replace(`"${mark}"`, () => raw),
                ...(vague ? {} : { field }) };
        }
    }
}
