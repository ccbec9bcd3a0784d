/** Whether one of `names` holds the words that were typed, in whatever case. */
export function named(search: string, ...names: string[]): boolean {
    const wanted = search.trim().toLowerCase();
    return wanted === '' || names.some((name) => name.toLowerCase().includes(wanted));
}
