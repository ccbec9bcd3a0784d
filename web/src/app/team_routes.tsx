import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { readActivitySearch } from '@/api/activities';
import { statusOf } from '@/api/problem';
import { teamQuery } from '@/api/teams';
import { NotFound } from './not_found';
import { queryClient } from './query_client';
import { signedIn } from './signed_in_route';

const teams = createRoute({
    getParentRoute: () => signedIn,
    path: '/teams',
    component: lazyRouteComponent(() => import('@/pages/teams/teams_page'), 'TeamsPage'),
});

const team = createRoute({
    getParentRoute: () => signedIn,
    path: '/teams/$team',
    component: lazyRouteComponent(() => import('@/pages/team/team_shell'), 'TeamShell'),
    notFoundComponent: NotFound,
    loader: async ({ params }) => {
        try {
            await queryClient.ensureQueryData(teamQuery(params.team));
        } catch (failure) {
            if (statusOf(failure) === 404) {
                throw notFound();
            }
            throw failure;
        }
    },
});

const index = createRoute({
    getParentRoute: () => team,
    path: '/',
    beforeLoad: ({ params }) => { throw redirect({ to: '/teams/$team/overview', params }); },
});

const overview = createRoute({
    getParentRoute: () => team,
    path: 'overview',
    component: lazyRouteComponent(() => import('@/pages/team/team_overview_page'), 'TeamOverviewPage'),
});

const projects = createRoute({
    getParentRoute: () => team,
    path: 'projects',
    component: lazyRouteComponent(() => import('@/pages/team/team_projects_page'), 'TeamProjectsPage'),
});

const members = createRoute({
    getParentRoute: () => team,
    path: 'members',
    component: lazyRouteComponent(() => import('@/pages/team/team_members_page'), 'TeamMembersPage'),
});

const activity = createRoute({
    getParentRoute: () => team,
    path: 'activity',
    validateSearch: readActivitySearch,
    component: lazyRouteComponent(() => import('@/pages/team/team_activity_page'), 'TeamActivityPage'),
});

const settings = createRoute({
    getParentRoute: () => team,
    path: 'settings',
    component: lazyRouteComponent(() => import('@/pages/team/team_settings_page'), 'TeamSettingsPage'),
});

/** The list of teams, and the pages of one. */
export const teamRoutes = [teams, team.addChildren([index, overview, projects, members, activity, settings])] as const;
