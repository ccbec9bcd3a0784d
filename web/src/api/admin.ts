import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';

export const statsQuery = queryOptions({
    queryKey: ['admin', 'stats'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/stats', { signal })),
});

export const storageQuery = queryOptions({
    queryKey: ['admin', 'storage'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/storage', { signal })),
});

export const healthQuery = queryOptions({
    queryKey: ['admin', 'health'],
    queryFn: ({ signal }) => unwrap(api.GET('/health', { signal })),
});

export const workerQuery = queryOptions({
    queryKey: ['admin', 'worker'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/workers/status', { signal })),
    // A run takes seconds: its end is awaited, and nothing else is.
    refetchInterval: ({ state }) => (state.data?.checking === true ? 1_500 : false),
});

export const workerHistoryQuery = queryOptions({
    queryKey: ['admin', 'worker', 'history'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/workers/history', { params: { query: { limit: '50' } }, signal })),
});

export const startWorker = () => unwrap(api.POST('/api/workers/start'));
export const stopWorker = () => unwrap(api.POST('/api/workers/stop'));
export const checkNow = () => unwrap(api.POST('/api/workers/check-now'));
export const changeWorker = (body: { server_check_interval: number; max_workers: number }) =>
    unwrap(api.PUT('/api/workers/config', { body }));

export const usersQuery = (search: string, page: number) => queryOptions({
    queryKey: ['admin', 'users', search, page],
    queryFn: ({ signal }) => unwrap(api.GET('/api/users/admin', {
        params: { query: { search, page: String(page), per_page: '50', include_inactive: 'true' } }, signal,
    })),
    placeholderData: keepPreviousData,
});

export const createUser = (body: { name: string; email: string; password: string; is_admin: boolean }) =>
    unwrap(api.POST('/api/users/admin', { body }));

export const changeUser = (user: string, body: { is_admin?: boolean; is_active?: boolean }) =>
    unwrap(api.PUT('/api/users/admin/{user}', { params: { path: { user } }, body }));
