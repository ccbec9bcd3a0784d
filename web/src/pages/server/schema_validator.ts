import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import {
    toErrorSchema, type ErrorTransformer, type RJSFSchema, type RJSFValidationError, type ValidatorType,
} from '@rjsf/utils';

/** Their members are named by the server and are schemas themselves. */
const named = ['properties', '$defs', 'definitions', 'dependentSchemas'];
/** What stands there is data. */
const data = ['enum', 'const', 'default', 'examples'];

/** Without regular expressions, which a server may have written so that they never end. */
export function withoutPatterns(schema: unknown, isMap = false): unknown {
    if (Array.isArray(schema)) {
        return schema.map((each) => withoutPatterns(each));
    }
    if (typeof schema !== 'object' || schema === null) {
        return schema;
    }
    const kept = Object.entries(schema).filter(([key]) => isMap || (key !== 'pattern' && key !== 'patternProperties'));
    return Object.fromEntries(kept.map(([key, value]) => [key,
        !isMap && data.includes(key) ? value : withoutPatterns(value, !isMap && named.includes(key))]));
}

/** None for a schema that cannot be read: the server is the judge. */
function errorsIn(schema: RJSFSchema, value: unknown): OutputUnit[] {
    try {
        return new Validator(withoutPatterns(schema) as Schema, '2020-12', false).validate(value).errors;
    } catch {
        return [];
    }
}

/** What encloses a fault is named, too; only the innermost places help. */
const innermost = (errors: OutputUnit[]): OutputUnit[] => errors.filter(({ keyword }) =>
    !['properties', 'items', '$ref', 'allOf', 'additionalProperties'].includes(keyword));

function described({ keyword, instanceLocation, error }: OutputUnit): RJSFValidationError {
    const missing = keyword === 'required' ? /property "([^"]+)"/.exec(error)?.[1] : undefined;
    const path = instanceLocation.replace(/^#\/?/, '').split('/').filter(Boolean).map(decodeURIComponent);
    const property = [...path, ...(missing === undefined ? [] : [missing])].map((step) => `.${step}`).join('');
    return { name: keyword, property, message: error, stack: `${property} ${error}`, params: {}, schemaPath: '' };
}

/** Checks forms without generating code, which the policy of the page forbids. */
export const validator: ValidatorType = {
    validateFormData(value, schema, _custom, transform?: ErrorTransformer) {
        const found = innermost(errorsIn(schema, value)).map(described);
        const errors = transform === undefined ? found : transform(found);
        return { errors, errorSchema: toErrorSchema(errors) };
    },
    isValid(schema, value, root) {
        try {
            const { $defs, definitions } = root as Schema;
            const whole = new Validator(withoutPatterns({ ...(schema as Schema), $defs, definitions }) as Schema, '2020-12');
            return whole.validate(value).valid;
        } catch {
            return false;
        }
    },
    rawValidation<Result>(schema: RJSFSchema, value: unknown) {
        return { errors: errorsIn(schema, value) as Result[] };
    },
};
