/** The object in a pasted text; a bare map of servers is taken as the client configuration it is
 * meant to be. Nothing when the text is no JSON object. */
export function readConfig(text: string): object | undefined {
    let value: unknown;
    try {
        value = JSON.parse(text);
    } catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return undefined;
    }
    const isWhole = ['mcpServers', 'servers', 'mcp'].some((name) => name in value);
    return isWhole ? value : { mcpServers: value };
}
