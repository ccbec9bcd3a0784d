/** Where to go after signing in: a path of our own, never another site. */
export function safeReturn(wanted: string | undefined): string {
    const ours = wanted !== undefined && /^\/(?![/\\])/.test(wanted) && !wanted.startsWith('/signin');
    return ours ? wanted : '/projects';
}
