import { expect, it } from 'vitest';
import { safeReturn } from './safe_return';

it('goes back to pages of ours only', () => {
    expect(safeReturn('/projects/shop/logs?status=error')).toBe('/projects/shop/logs?status=error');
    for (const foreign of [undefined, 'https://example.org', '//example.org', '/\\example.org', '/signin']) {
        expect(safeReturn(foreign)).toBe('/projects');
    }
});
