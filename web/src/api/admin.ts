import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client';
import { readSamples } from './prometheus';
import type { Answer } from './types';

const refreshMs = 30_000;
const pageSize = '50';

export const statsQuery = queryOptions({
    queryKey: ['admin', 'stats'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/stats', { signal })),
    refetchInterval: refreshMs,
});

export const storageQuery = queryOptions({
    queryKey: ['admin', 'storage'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/storage', { signal })),
});

export type Health = Answer<'/health'>;

/** What is wrong comes with a failing status, and is an answer all the same. */
const isHealth = (told: unknown): told is Health => typeof told === 'object' && told !== null && 'checks' in told;

export const healthQuery = queryOptions({
    queryKey: ['admin', 'health'],
    queryFn: async ({ signal }): Promise<Health> => {
        const asked = api.GET('/health', { signal });
        const { error: told } = await asked.catch(() => ({ error: undefined }));
        return isHealth(told) ? told : unwrap(asked);
    },
    refetchInterval: refreshMs,
});

/** Numbers of this process since its start. */
export const runtimeQuery = queryOptions({
    queryKey: ['admin', 'runtime'],
    queryFn: ({ signal }) => readSamples(signal),
    refetchInterval: refreshMs,
});

export const secretsQuery = queryOptions({
    queryKey: ['admin', 'secrets'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/secrets', { signal })),
});

export const rotateSecrets = () => unwrap(api.POST('/api/admin/secrets/rotate'));

/** What was used of each project in the last 30 days. */
export const usageQuery = queryOptions({
    queryKey: ['admin', 'usage'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/usage', { params: { query: { group_by: 'project' } }, signal })),
});

export const workerQuery = queryOptions({
    queryKey: ['admin', 'worker'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/workers/status', { signal })),
    // A run takes seconds, and its end is awaited.
    refetchInterval: ({ state }) => (state.data?.checking === true ? 1_500 : refreshMs),
});

/** Asked again until it holds the run that began at `last`: a run is stored a moment after its end. */
export const workerHistoryQuery = (last: string | null) => queryOptions({
    queryKey: ['admin', 'worker', 'history'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/workers/history', { params: { query: { limit: '50' } }, signal })),
    refetchInterval: ({ state }) => ((state.data?.[0]?.timestamp ?? null) === last ? false : 1_500),
});

export const startWorker = () => unwrap(api.POST('/api/workers/start'));
export const stopWorker = () => unwrap(api.POST('/api/workers/stop'));
export const checkNow = () => unwrap(api.POST('/api/workers/check-now'));
export const changeWorker = (body: { server_check_interval: number; max_workers: number; coalesce: boolean }) =>
    unwrap(api.PUT('/api/workers/config', { body }));

export const usersQuery = (search: string, page: number) => queryOptions({
    queryKey: ['admin', 'users', search, page],
    queryFn: ({ signal }) => unwrap(api.GET('/api/users/admin', {
        params: { query: { search, page: String(page), per_page: pageSize, include_inactive: 'true' } }, signal,
    })),
    placeholderData: keepPreviousData,
});

export const createUser = (body: { name: string; email: string; password: string; is_admin: boolean }) =>
    unwrap(api.POST('/api/users/admin', { body }));

export const changeUser = (user: string, body: { name?: string; is_admin?: boolean; is_active?: boolean }) =>
    unwrap(api.PUT('/api/users/admin/{user}', { params: { path: { user } }, body }));

export const resetPassword = (user: string, password: string) =>
    unwrap(api.POST('/api/users/admin/{user}/password', { params: { path: { user } }, body: { password } }));

export const closeUsers = (user_ids: string[]) =>
    unwrap(api.POST('/api/users/admin/bulk-delete', { body: { user_ids } }));

const paged = (search: string, page: number) => ({ search, page: String(page), per_page: pageSize });

export const allProjectsQuery = (search: string, page: number) => queryOptions({
    queryKey: ['admin', 'projects', search, page],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/projects', { params: { query: paged(search, page) }, signal })),
    placeholderData: keepPreviousData,
});

export const allTeamsQuery = (search: string, page: number) => queryOptions({
    queryKey: ['admin', 'teams', search, page],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/teams', { params: { query: paged(search, page) }, signal })),
    placeholderData: keepPreviousData,
});

const wanted = { kept: { is_active: 'true' }, revoked: { is_active: 'false' }, expired: { expired_only: 'true' } };
export type KeyState = keyof typeof wanted;
export const keyStates = ['kept', 'revoked', 'expired'] as const satisfies KeyState[];

export interface KeyFilter {
    search: string;
    page: number;
    project: string | null;
    state: KeyState | null;
}

export const allKeysQuery = ({ search, page, project, state }: KeyFilter) => queryOptions({
    queryKey: ['admin', 'keys', { search, page, project, state }],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/api-keys', {
        params: { query: {
            ...paged(search, page), ...(project === null ? {} : { project_id: project }), ...(state === null ? {} : wanted[state]),
        } }, signal,
    })),
    placeholderData: keepPreviousData,
});

export const keyStatisticsQuery = queryOptions({
    queryKey: ['admin', 'keys', 'statistics'],
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/api-keys/statistics/overview', { signal })),
});

export const holdKey = (key: string, is_quarantined: boolean) =>
    unwrap(api.PUT('/api/admin/api-keys/{key}', { params: { path: { key } }, body: { is_quarantined } }));

export const revokeAnyKey = (key: string) =>
    unwrap(api.DELETE('/api/admin/api-keys/{key}', { params: { path: { key } } }));
