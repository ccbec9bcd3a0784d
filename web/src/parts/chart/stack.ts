/** Running sums, so that each series can be drawn behind the one before it. */
export function stacked(series: readonly (readonly number[])[]): number[][] {
    const sums: number[][] = [];
    for (const values of series) {
        const below = sums.at(-1);
        sums.push(values.map((value, at) => value + (below?.[at] ?? 0)));
    }
    return sums;
}
