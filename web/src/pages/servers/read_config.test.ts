import { describe, expect, it } from 'vitest';
import { readConfig } from './read_config';

describe('a pasted configuration', () => {
    it('may have comments and trailing commas, as VS Code writes them', () => {
        expect(readConfig(`{
            // the servers of the team
            "servers": {
                "web": { "url": "https://mcp.example.com/mcp", /* not // this */ "type": "http", },
            },
        }`)).toEqual({ servers: { web: { url: 'https://mcp.example.com/mcp', type: 'http' } } });
    });
    it('keeps what only looks like them', () => {
        const args = ['// a', '/* b */', 'c,]', 'say \\"d, }\\" // e', '\\\\'];
        const text = JSON.stringify({ mcpServers: { one: { command: 'x', args } } });
        expect(readConfig(text)).toEqual(JSON.parse(text));
    });
    it('is wrapped when it is a bare map, and none when it is no object', () => {
        expect(readConfig('{"one":{"command":"x"}}')).toEqual({ mcpServers: { one: { command: 'x' } } });
        expect(readConfig('[1]')).toBeUndefined();
        expect(readConfig('{"one":')).toBeUndefined();
    });
});
