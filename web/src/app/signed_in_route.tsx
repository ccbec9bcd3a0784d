import { createRootRoute, createRoute, redirect } from '@tanstack/react-router';
import { statusOf } from '@/api/problem';
import { accountQuery } from '@/api/session';
import { NotFound } from './not_found';
import { queryClient } from './query_client';
import { RouteFailure } from './route_failure';
import { Shell } from './shell';

export const root = createRootRoute({ notFoundComponent: NotFound });

/** Everything that needs an account hangs below this. */
export const signedIn = createRoute({
    getParentRoute: () => root,
    id: 'signed-in',
    component: Shell,
    errorComponent: RouteFailure,
    beforeLoad: async ({ location }) => {
        try {
            await queryClient.ensureQueryData(accountQuery);
        } catch (failure) {
            if (statusOf(failure) !== 401) {
                throw failure;
            }
            throw redirect({ to: '/signin', search: { return: location.href } });
        }
    },
});
