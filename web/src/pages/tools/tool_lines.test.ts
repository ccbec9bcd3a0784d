import { expect, it } from 'vitest';
import type { ProjectTool } from '@/api/types';
import { found, linesOf } from './tool_lines';

const tool = (server_name: string, name: string, description = ''): ProjectTool => ({
    server_id: `id of ${server_name}`, server_name, server_status: 'online', server_is_enabled: true,
    name, title: '', description, is_enabled: true,
});
const tools = [tool('two', 'echo'), tool('one', 'write', 'Puts words down'), tool('two', 'add'), tool('one', 'echo')];
const keys = (by?: 'name') => linesOf(tools, by).map(({ key }) => key);

it('puts tools under their servers, in the order of the server', () => {
    expect(keys()).toEqual(['one', 'one/write', 'one/echo', 'two', 'two/echo', 'two/add']);
});

it('orders tools by name, those of one name by server', () => {
    expect(keys('name')).toEqual(['two/add', 'one/echo', 'two/echo', 'one/write']);
});

it('finds words of names and descriptions, at one server where it is chosen', () => {
    const names = (search: string, server?: string) =>
        found(tools, search, server).map(({ server_name, name }) => `${server_name} ${name}`);
    expect(names('ECHO')).toEqual(['two echo', 'one echo']);
    expect(names('words')).toEqual(['one write']);
    expect(names('echo', 'one')).toEqual(['one echo']);
});
