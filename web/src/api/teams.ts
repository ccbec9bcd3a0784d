import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { peopleQuery, type Roster } from './roster';

export const teamsQuery = queryOptions({
    queryKey: ['teams'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/teams', { signal })),
});

const at = (team: string) => ({ path: { team } });

/** Everything about one team is kept below the key of this. */
export const teamQuery = (team: string) => queryOptions({
    queryKey: ['team', team],
    queryFn: ({ signal }) => unwrap(api.GET('/api/teams/{team}', { params: at(team), signal })),
});

export const teamProjectsQuery = (team: string) => queryOptions({
    queryKey: ['team', team, 'projects'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/teams/{team}/projects', { params: at(team), signal })),
});

/** The members of a team; the API names them by their account. */
export function teamRoster(team: string): Roster {
    return {
        people: peopleQuery(['team', team, 'members'], async (signal) => {
            const members = await unwrap(api.GET('/api/teams/{team}/members', { params: at(team), signal }));
            return members.map(({ user_id, ...rest }) => ({ ...rest, id: user_id }));
        }),
        stale: [teamQuery(team).queryKey, teamsQuery.queryKey],
        invite: (body) => unwrap(api.POST('/api/teams/{team}/members/invite', { params: at(team), body })),
        changeRole: (user, role) => unwrap(
            api.PUT('/api/teams/{team}/members/{user}/role', { params: { path: { team, user } }, body: { role } })),
        remove: (user) => unwrap(api.DELETE('/api/teams/{team}/members/{user}', { params: { path: { team, user } } })),
    };
}

export const createTeam = (body: { name: string; description?: string }) =>
    unwrap(api.POST('/api/teams', { body }));

export const changeTeam = (team: string, body: { name?: string; description?: string }) =>
    unwrap(api.PUT('/api/teams/{team}', { params: at(team), body }));

export const deleteTeam = (team: string) => unwrap(api.DELETE('/api/teams/{team}', { params: at(team) }));

export const leaveTeam = (team: string) => unwrap(api.POST('/api/teams/{team}/leave', { params: at(team) }));

export const transferTeam = (team: string, new_owner_email: string) => unwrap(
    api.POST('/api/teams/{team}/transfer-ownership', { params: at(team), body: { new_owner_email } }));
