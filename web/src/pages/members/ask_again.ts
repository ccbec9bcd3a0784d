import { useQueryClient } from '@tanstack/react-query';
import type { Roster } from '@/api/roster';

/** Asks again for everything that a change of the people may have changed, one's own role among it. */
export function useAskAgain({ stale }: Roster): () => Promise<unknown> {
    const queries = useQueryClient();
    return () => Promise.all(stale.map((queryKey) => queries.invalidateQueries({ queryKey })));
}
