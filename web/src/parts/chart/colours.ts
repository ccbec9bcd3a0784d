/** A canvas knows no CSS variables: their values at this moment. */
export function resolved(colour: string): string {
    const name = /^var\((--[\w-]+)\)$/.exec(colour)?.[1];
    return name === undefined ? colour
        : getComputedStyle(document.documentElement).getPropertyValue(name).trim();
}

export const statusColours = {
    success: 'var(--chart-success)', error: 'var(--chart-error)',
    timeout: 'var(--chart-timeout)', cancelled: 'var(--chart-cancelled)',
} as const;
