import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { readSystemLogSearch } from '@/pages/admin/system_log_search';
import { signedIn } from './signed_in_route';

const admin = createRoute({
    getParentRoute: () => signedIn,
    path: '/admin',
    component: lazyRouteComponent(() => import('@/pages/admin/admin_shell'), 'AdminShell'),
});

const index = createRoute({
    getParentRoute: () => admin,
    path: '/',
    beforeLoad: () => { throw redirect({ to: '/admin/system' }); },
});

const system = createRoute({
    getParentRoute: () => admin,
    path: 'system',
    component: lazyRouteComponent(() => import('@/pages/admin/system_page'), 'SystemPage'),
});

const users = createRoute({
    getParentRoute: () => admin,
    path: 'users',
    component: lazyRouteComponent(() => import('@/pages/admin/users_page'), 'UsersPage'),
});

const projects = createRoute({
    getParentRoute: () => admin,
    path: 'projects',
    component: lazyRouteComponent(() => import('@/pages/admin/projects_page'), 'AllProjectsPage'),
});

const teams = createRoute({
    getParentRoute: () => admin,
    path: 'teams',
    component: lazyRouteComponent(() => import('@/pages/admin/teams_page'), 'AllTeamsPage'),
});

const keys = createRoute({
    getParentRoute: () => admin,
    path: 'keys',
    component: lazyRouteComponent(() => import('@/pages/admin/keys_page'), 'AllKeysPage'),
});

const logs = createRoute({
    getParentRoute: () => admin,
    path: 'logs',
    validateSearch: readSystemLogSearch,
    component: lazyRouteComponent(() => import('@/pages/admin/system_log_page'), 'SystemLogPage'),
});

const scheduler = createRoute({
    getParentRoute: () => admin,
    path: 'scheduler',
    component: lazyRouteComponent(() => import('@/pages/admin/scheduler_page'), 'SchedulerPage'),
});

/** The pages of administrators. */
export const adminRoutes = admin.addChildren([index, system, users, projects, teams, keys, logs, scheduler]);
