import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const accountQuery = queryOptions({
    queryKey: ['account'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/profile', { signal })),
    staleTime: Infinity,
});

/** How somebody without an account comes in. */
export const entranceQuery = queryOptions({
    queryKey: ['entrance'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/setup', { signal })),
});

export const signUp = (body: { name: string; email: string; password: string }) =>
    unwrap(api.POST('/api/users/signup', { body }));

export const signIn = (body: { email: string; password: string }) =>
    unwrap(api.POST('/api/users/login', { body }));

export const signOut = () => unwrap(api.POST('/api/users/logout'));

export const setUp = (body: { token: string; name: string; email: string; password: string }) =>
    unwrap(api.POST('/api/setup', { body }));
