import { useQueryClient, type QueryKey } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Roster } from '@/api/roster';

/** A project or a team, as something that people own, leave and delete. */
export interface House {
    /** What has to be typed before it is deleted. */
    name: string;
    title: string;
    isMember: boolean;
    owns: boolean;
    roster: Roster;
    /** Where one finds oneself without it, and what is listed there. */
    home: '/projects' | '/teams';
    list: QueryKey;
    leave: () => Promise<unknown>;
    transfer: (email: string) => Promise<unknown>;
    remove: () => Promise<unknown>;
    words: Record<'leave' | 'leaveHint' | 'delete' | 'deleteHint' | 'deleteDetail' | 'notDeleted', string>;
}

/** Goes to the list that a house is gone from, and forgets what was known of it. */
export function useGoodbye({ home, list, roster }: House): () => Promise<void> {
    const navigate = useNavigate();
    const queries = useQueryClient();
    return async () => {
        queries.removeQueries({ queryKey: list });
        await navigate({ to: home });
        roster.stale.forEach((queryKey) => { queries.removeQueries({ queryKey, type: 'inactive' }); });
    };
}
