import { createRoute, createRouter, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { onSignedOut } from '@/api/client';
import { adminRoutes } from './admin_routes';
import { NotFound } from './not_found';
import { projectRoutes } from './project_routes';
import { queryClient } from './query_client';
import { parseSearch, stringifySearch } from './search_params';
import { root, signedIn } from './signed_in_route';
import { teamRoutes } from './team_routes';

const signIn = createRoute({
    getParentRoute: () => root,
    path: '/signin',
    validateSearch: (search): { return?: string } =>
        typeof search['return'] === 'string' ? { return: search['return'] } : {},
    component: lazyRouteComponent(() => import('@/pages/sign_in/sign_in_page'), 'SignInPage'),
});

const setUp = createRoute({
    getParentRoute: () => root,
    path: '/setup',
    component: lazyRouteComponent(() => import('@/pages/sign_in/set_up_page'), 'SetUpPage'),
});

const signUp = createRoute({
    getParentRoute: () => root,
    path: '/signup',
    component: lazyRouteComponent(() => import('@/pages/sign_in/sign_up_page'), 'SignUpPage'),
});

const home = createRoute({
    getParentRoute: () => signedIn,
    path: '/',
    beforeLoad: () => { throw redirect({ to: '/projects' }); },
});

const projects = createRoute({
    getParentRoute: () => signedIn,
    path: '/projects',
    component: lazyRouteComponent(() => import('@/pages/projects/projects_page'), 'ProjectsPage'),
});

const profile = createRoute({
    getParentRoute: () => signedIn,
    path: '/profile',
    component: lazyRouteComponent(() => import('@/pages/profile/profile_page'), 'ProfilePage'),
});

export const router = createRouter({
    routeTree: root.addChildren([
        signIn, setUp, signUp, signedIn.addChildren([home, projects, profile, projectRoutes, ...teamRoutes, adminRoutes]),
    ]),
    defaultPreload: false,
    defaultNotFoundComponent: NotFound,
    parseSearch,
    stringifySearch,
    scrollRestoration: true,
});

onSignedOut(() => {
    const here = router.state.location;
    queryClient.clear();
    if (!['/signin', '/setup', '/signup'].includes(here.pathname)) {
        void router.navigate({ to: '/signin', search: { return: here.href } });
    }
});

declare module '@tanstack/react-router' {
    interface Register {
        router: typeof router;
    }
}
