import { queryOptions, type QueryKey } from '@tanstack/react-query';

/** Somebody in a project or a team. */
export interface Person {
    id: string;
    name: string;
    email: string;
    role: string;
    joined_at: string;
    is_current_user: boolean;
    /** The team that somebody came to the project with. */
    team?: string | null;
}

export const peopleQuery = (queryKey: QueryKey, list: (signal: AbortSignal) => Promise<Person[]>) =>
    queryOptions({ queryKey, queryFn: ({ signal }) => list(signal) });

/** The people of a project or a team, and what owners may do with them. */
export interface Roster {
    people: ReturnType<typeof peopleQuery>;
    /** What has to be asked again after a change. */
    stale: QueryKey[];
    invite: (who: { email: string; role: string }) => Promise<{ name: string }>;
    changeRole: (person: string, role: string) => Promise<unknown>;
    remove: (person: string) => Promise<unknown>;
}
