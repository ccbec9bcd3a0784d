// What the orchestrator says of itself in /openapi.json, held against what it answers.

import assert from 'node:assert/strict';
import { Validator } from '@cfworker/json-schema';

const literal = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** "/api/projects/{project}" as an expression; fixed segments are tried before named ones. */
const matcher = (pattern) => new RegExp(`^${pattern.split(/\{[^}]*\}/).map(literal)
    .join('[^/]+')}/?$`);

/** The values of a download with one on each line; a table has none. */
const linesOf = (text) => text.split('\n').filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

export class Contract {
    #operations = [];
    #problem;

    /** How many answers were checked. */
    checked = 0;

    constructor(document) {
        this.#problem = new Validator(document.components.schemas.problem, '2020-12', false);
        for (const [pattern, methods] of Object.entries(document.paths)) {
            for (const [method, operation] of Object.entries(methods)) {
                this.#operations.push({ pattern, matches: matcher(pattern),
                    method: method.toUpperCase(), answers: operation.responses });
            }
        }
        this.#operations.sort((one, other) =>
            one.pattern.split('{').length - other.pattern.split('{').length);
    }

    #operation(method, path) {
        return this.#operations.find((one) => one.method === method && one.matches.test(path));
    }

    /** Throws when an answer is not as the document says. */
    check(method, path, { status, json, text }) {
        const operation = this.#operation(method, path);
        if (operation === undefined) {
            return;
        }
        ++this.checked;
        const [type, content] = Object.entries(operation.answers[status]?.content ?? {})[0] ?? [];
        const declared = content?.schema;
        assert.ok(declared !== undefined || status >= 400,
            `${method} ${operation.pattern} answers ${status}, which is not declared: ${text}`);
        const validator = declared === undefined ? this.#problem
            : new Validator(declared, '2020-12', false);
        for (const piece of type === 'application/x-ndjson' ? linesOf(text) : [json ?? null]) {
            const { valid, errors } = validator.validate(piece);
            assert.ok(valid, `${method} ${operation.pattern} answered ${status} with something `
                + `else than declared: ${JSON.stringify(errors)}\n${text}`);
        }
    }
}
