export interface ToolsSearch {
    search?: string;
    /** The name of the server whose tools alone are shown. */
    server?: string;
    /** Absent: by server. */
    by?: 'name';
    /** The tool that is opened, as `server/tool`. */
    open?: string;
}

export function readToolsSearch(search: Record<string, unknown>): ToolsSearch {
    const out: ToolsSearch = {};
    for (const name of ['search', 'server', 'open'] as const) {
        const value = search[name];
        if (typeof value === 'string' && value !== '') {
            out[name] = value;
        }
    }
    return search['by'] === 'name' ? { ...out, by: 'name' } : out;
}
