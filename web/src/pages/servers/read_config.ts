/** JSON out of the JSON with comments and trailing commas that editors write (VS Code: "jsonc"). */
function withoutComments(text: string): string {
    return text
        .replace(/("(?:[^"\\]|\\.)*")|\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (_, quoted: string | undefined) => quoted ?? ' ')
        .replace(/("(?:[^"\\]|\\.)*")|,(?=\s*[}\]])/g, (_, quoted: string | undefined) => quoted ?? '');
}

/** The object in a pasted text; a bare map of servers is taken as the client configuration it is
 * meant to be. Nothing when the text is no JSON object. */
export function readConfig(text: string): object | undefined {
    let value: unknown;
    try {
        value = JSON.parse(withoutComments(text));
    } catch {
        return undefined;
    }
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
        return undefined;
    }
    const isWhole = ['mcpServers', 'servers', 'mcp'].some((name) => name in value);
    return isWhole ? value : { mcpServers: value };
}
