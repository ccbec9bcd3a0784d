import { Validator, type OutputUnit, type Schema } from '@cfworker/json-schema';
import {
    toErrorSchema, type ErrorTransformer, type RJSFSchema, type RJSFValidationError, type ValidatorType,
} from '@rjsf/utils';

function errorsIn(schema: RJSFSchema, value: unknown): OutputUnit[] {
    return new Validator(schema as Schema, '2020-12', false).validate(value).errors;
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
            const whole = new Validator({ ...(schema as Schema), $defs: (root as Schema).$defs, definitions: (root as Schema).definitions }, '2020-12');
            return whole.validate(value).valid;
        } catch {
            return false;
        }
    },
    rawValidation<Result>(schema: RJSFSchema, value: unknown) {
        return { errors: errorsIn(schema, value) as Result[] };
    },
};
