/** The name for addresses that goes with a free name. */
export const slug = (name: string): string => name.normalize('NFKD').toLowerCase()
    .replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '').slice(0, 63);
