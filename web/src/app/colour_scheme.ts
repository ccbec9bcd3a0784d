import { localStorageColorSchemeManager } from '@mantine/core';

export const schemeManager = localStorageColorSchemeManager({ key: 'mcp-orch-scheme' });

/** Sets the scheme before the first paint of React: an inline script is refused by the policy. */
export function applyStoredScheme(): void {
    const stored = schemeManager.get('auto');
    const dark = stored === 'dark'
        || (stored === 'auto' && window.matchMedia('(prefers-color-scheme: dark)').matches);
    document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light');
}
