import { useSuspenseQuery } from '@tanstack/react-query';
import { projectQuery } from '@/api/projects';
import { accountQuery } from '@/api/session';

export interface Access {
    /** May change servers and make keys. */
    develops: boolean;
    /** May change the project and its members. */
    owns: boolean;
}

/** What the person may do in the project; the server decides again. */
export function useAccess(project: string): Access {
    const { data: account } = useSuspenseQuery(accountQuery);
    const { data } = useSuspenseQuery(projectQuery(project));
    const owns = account.is_admin || data.user_role === 'owner';
    return { owns, develops: owns || data.user_role === 'developer' };
}
