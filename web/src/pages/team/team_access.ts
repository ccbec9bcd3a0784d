import { useSuspenseQuery } from '@tanstack/react-query';
import { accountQuery } from '@/api/session';
import { teamQuery } from '@/api/teams';

/** Whether the person may change the team and its members; the server decides again. */
export function useOwnsTeam(team: string): boolean {
    const { data: account } = useSuspenseQuery(accountQuery);
    const { data } = useSuspenseQuery(teamQuery(team));
    return account.is_admin || data.user_role === 'owner';
}
