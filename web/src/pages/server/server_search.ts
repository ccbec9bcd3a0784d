export const serverTabs = ['tools', 'definition', 'process', 'log'] as const;
export type ServerTab = typeof serverTabs[number];

export interface ServerSearch {
    tab?: ServerTab;
}

export function readServerSearch(search: Record<string, unknown>): ServerSearch {
    const tab = serverTabs.find((each) => each === search['tab']);
    return tab === undefined ? {} : { tab };
}
