import { QueryClient } from '@tanstack/react-query';
import { statusOf } from '@/api/problem';

/** Only what may pass by itself is tried again; an answer of the server is an answer. */
const passes = (failure: unknown): boolean => [0, 502, 503, 504].includes(statusOf(failure));

export const queryClient = new QueryClient({
    defaultOptions: {
        queries: {
            staleTime: 15_000,
            refetchOnWindowFocus: false,
            // A browser calls itself offline without a network, where an orchestrator of this machine answers.
            networkMode: 'always',
            retry: (count, failure) => count < 1 && passes(failure),
        },
        mutations: { retry: false, networkMode: 'always' },
    },
});
