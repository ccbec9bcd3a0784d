import { describe, expect, it } from 'vitest';
import { validator, withoutPatterns } from './schema_validator';

describe('a schema that a server wrote', () => {
    it('loses its regular expressions, and no property of that name', () => {
        expect(withoutPatterns({
            pattern: '^(a+)+$', patternProperties: { '^x': {} },
            properties: { pattern: { type: 'string', pattern: '[' }, list: { items: [{ pattern: 'a' }] } },
            default: { pattern: 'kept' },
        })).toEqual({
            properties: { pattern: { type: 'string' }, list: { items: [{}] } }, default: { pattern: 'kept' },
        });
    });
    it('cannot keep a form from being sent', () => {
        const schema = { type: 'object', properties: { a: { type: 'string', pattern: '[' } } } as const;
        expect(validator.validateFormData({ a: 'x' }, schema).errors).toEqual([]);
        expect(validator.validateFormData({ a: 'x' }, { $ref: '#/nowhere' }).errors).toEqual([]);
        expect(validator.validateFormData({ a: 7 }, schema).errors).toHaveLength(1);
    });
});
