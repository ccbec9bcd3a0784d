import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
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

const scheduler = createRoute({
    getParentRoute: () => admin,
    path: 'scheduler',
    component: lazyRouteComponent(() => import('@/pages/admin/scheduler_page'), 'SchedulerPage'),
});

/** The pages of administrators. */
export const adminRoutes = admin.addChildren([index, system, users, scheduler]);
