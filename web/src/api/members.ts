import { queryOptions, type QueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { projectQuery } from './projects';

export const membersQuery = (project: string) => queryOptions({
    queryKey: ['members', project],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/members', { params: { path: { project } }, signal })),
});

export const availableTeamsQuery = (project: string) => queryOptions({
    queryKey: ['available-teams', project],
    queryFn: ({ signal }) => unwrap(api.GET('/api/projects/{project}/available-teams', { params: { path: { project } }, signal })),
});

export const inviteMember = (project: string, body: { email: string; role: string }) => unwrap(
    api.POST('/api/projects/{project}/members', { params: { path: { project } }, body: { ...body, invited_as: 'individual' } }));

export const inviteTeam = (project: string, body: { team_id: string; role: string }) => unwrap(
    api.POST('/api/projects/{project}/teams/invite', { params: { path: { project } }, body }));

export const changeRole = (project: string, member: string, role: string) => unwrap(
    api.PUT('/api/projects/{project}/members/{member}', { params: { path: { project, member } }, body: { role } }));

export const removeMember = (project: string, member: string) => unwrap(
    api.DELETE('/api/projects/{project}/members/{member}', { params: { path: { project, member } } }));

/** Asks again who is a member; the project tells it, too, and what role one has oneself. */
export const forgetMembers = (queries: QueryClient, project: string) => Promise.all([
    queries.invalidateQueries({ queryKey: membersQuery(project).queryKey }),
    queries.invalidateQueries({ queryKey: projectQuery(project).queryKey }),
]);
