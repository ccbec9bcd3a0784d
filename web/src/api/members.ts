import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { projectQuery } from './projects';
import { peopleQuery, type Roster } from './roster';

/** The members of a project. */
export function projectRoster(project: string): Roster {
    const path = { project };
    const queryKey = ['members', project];
    return {
        people: peopleQuery(queryKey, async (signal) => {
            const members = await unwrap(api.GET('/api/projects/{project}/members', { params: { path }, signal }));
            return members.map(({ user_name, user_email, team_name, ...rest }) => ({ ...rest, name: user_name, email: user_email, team: team_name }));
        }),
        stale: [queryKey, projectQuery(project).queryKey, availableTeamsQuery(project).queryKey],
        invite: async (who) => {
            const { user_name } = await unwrap(api.POST('/api/projects/{project}/members', {
                params: { path }, body: { ...who, invited_as: 'individual' },
            }));
            return { name: user_name };
        },
        changeRole: (member, role) => unwrap(
            api.PUT('/api/projects/{project}/members/{member}', { params: { path: { project, member } }, body: { role } })),
        remove: (member) => unwrap(
            api.DELETE('/api/projects/{project}/members/{member}', { params: { path: { project, member } } })),
    };
}

export const availableTeamsQuery = (project: string) => queryOptions({
    queryKey: ['available-teams', project],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/available-teams', { params: { path: { project } }, signal })),
});

export const inviteTeam = (project: string, body: { team_id: string; role: string }) => unwrap(
    api.POST('/api/projects/{project}/teams/invite', { params: { path: { project } }, body }));

export const removeTeam = (project: string, team: string) => unwrap(
    api.DELETE('/api/projects/{project}/teams/{team}/members', { params: { path: { project, team } } }));
