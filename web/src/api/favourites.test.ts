import { expect, it } from 'vitest';
import { toolOfTarget, toolTarget } from './favourites';

it('finds the server and the tool in a favourite again, whatever the tool is called', () => {
    for (const tool of ['echo', 'a/b', '']) {
        expect(toolOfTarget(toolTarget('2ef7866a', tool).id)).toEqual({ server: '2ef7866a', tool });
    }
});
