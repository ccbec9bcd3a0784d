export const serverTabs = ['tools', 'definition', 'process', 'sessions', 'log'] as const;
export type ServerTab = typeof serverTabs[number];

export interface ServerSearch {
    tab?: ServerTab;
    /** The tool that is opened. */
    tool?: string;
}

export function readServerSearch(search: Record<string, unknown>): ServerSearch {
    const tab = serverTabs.find((each) => each === search['tab']);
    const tool = search['tool'];
    return {
        ...(tab === undefined ? {} : { tab }),
        ...(typeof tool === 'string' && tool !== '' ? { tool } : {}),
    };
}
