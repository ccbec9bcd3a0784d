/** A canvas knows no CSS variables: their values at this moment. */
export function resolved(colour: string): string {
    const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
    return name === undefined ? colour
        : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export const statusColours = {
    success: 'var(--status-success)', error: 'var(--status-error)',
    timeout: 'var(--status-timeout)', cancelled: 'var(--status-cancelled)',
} as const;
