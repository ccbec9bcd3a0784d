import { createRoute, lazyRouteComponent, notFound, redirect } from '@tanstack/react-router';
import { readActivitySearch } from '@/api/activities';
import { projectQuery } from '@/api/projects';
import { statusOf } from '@/api/problem';
import { readSessionSearch } from '@/api/sessions';
import type { ProjectDetail } from '@/api/types';
import { readRange, readSearch } from '@/pages/logs/log_search';
import { readServerSearch } from '@/pages/server/server_search';
import { readToolsSearch } from '@/pages/tools/tools_search';
import { NotFound } from './not_found';
import { queryClient } from './query_client';
import { signedIn } from './signed_in_route';

/** A former name or an id leads to the address with the name of today. */
function leadToName(called: string, detail: ProjectDetail, href: string): void {
    if (called !== detail.name) {
        queryClient.setQueryData(projectQuery(detail.name).queryKey, detail);
        throw redirect({ href: href.replace(`/projects/${encodeURIComponent(called)}`, `/projects/${detail.name}`), replace: true });
    }
}

const project = createRoute({
    getParentRoute: () => signedIn,
    path: '/projects/$project',
    component: lazyRouteComponent(() => import('@/pages/project/project_shell'), 'ProjectShell'),
    notFoundComponent: NotFound,
    loader: async ({ params, location }) => {
        try {
            const detail = await queryClient.ensureQueryData(projectQuery(params.project));
            leadToName(params.project, detail, location.href);
        } catch (failure) {
            if (statusOf(failure) === 404) {
                throw notFound();
            }
            throw failure;
        }
    },
});

const index = createRoute({
    getParentRoute: () => project,
    path: '/',
    beforeLoad: ({ params }) => {
        throw redirect({ to: '/projects/$project/overview', params });
    },
});

const overview = createRoute({
    getParentRoute: () => project,
    path: 'overview',
    component: lazyRouteComponent(() => import('@/pages/overview/overview_page'), 'OverviewPage'),
});

const servers = createRoute({
    getParentRoute: () => project,
    path: 'servers',
    component: lazyRouteComponent(() => import('@/pages/servers/servers_page'), 'ServersPage'),
});

const server = createRoute({
    getParentRoute: () => project,
    path: 'servers/$server',
    validateSearch: readServerSearch,
    component: lazyRouteComponent(() => import('@/pages/server/server_page'), 'ServerPage'),
});

const tools = createRoute({
    getParentRoute: () => project,
    path: 'tools',
    validateSearch: readToolsSearch,
    component: lazyRouteComponent(() => import('@/pages/tools/tools_page'), 'ToolsPage'),
});

const logs = createRoute({
    getParentRoute: () => project,
    path: 'logs',
    validateSearch: readSearch,
    component: lazyRouteComponent(() => import('@/pages/logs/log_page'), 'LogPage'),
});

const metrics = createRoute({
    getParentRoute: () => project,
    path: 'metrics',
    validateSearch: readRange,
    component: lazyRouteComponent(() => import('@/pages/metrics/metrics_page'), 'MetricsPage'),
});

const sessions = createRoute({
    getParentRoute: () => project,
    path: 'sessions',
    validateSearch: readSessionSearch,
    component: lazyRouteComponent(() => import('@/pages/sessions/sessions_page'), 'SessionsPage'),
});

const members = createRoute({
    getParentRoute: () => project,
    path: 'members',
    component: lazyRouteComponent(() => import('@/pages/members/members_page'), 'MembersPage'),
});

const keys = createRoute({
    getParentRoute: () => project,
    path: 'keys',
    component: lazyRouteComponent(() => import('@/pages/keys/keys_page'), 'KeysPage'),
});

const activity = createRoute({
    getParentRoute: () => project,
    path: 'activity',
    validateSearch: readActivitySearch,
    component: lazyRouteComponent(() => import('@/pages/activity/activity_page'), 'ActivityPage'),
});

const settings = createRoute({
    getParentRoute: () => project,
    path: 'settings',
    component: lazyRouteComponent(() => import('@/pages/settings/settings_page'), 'SettingsPage'),
});

/** The pages of one project; each is loaded when it is opened. */
export const projectRoutes = project.addChildren([
    index, overview, servers, server, tools, logs, metrics, sessions, members, keys, activity, settings,
]);
