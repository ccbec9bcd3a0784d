import type { components } from './schema';

export type Problem = components['schemas']['problem'];

/** What a request failed with: the server's own words, or that it could not be reached. */
export class RequestFailure extends Error {
    readonly status: number;
    readonly fields: Record<string, string>;

    constructor(status: number, message: string, problem?: Problem) {
        super(message);
        this.name = 'RequestFailure';
        this.status = status;
        this.fields = Object.fromEntries(
            (problem?.errors ?? []).map(({ field, detail }) => [field, detail]));
    }
}

const unreachable = 0;

export const isUnreachable = (failure: unknown): boolean =>
    failure instanceof RequestFailure && failure.status === unreachable;

export const statusOf = (failure: unknown): number =>
    failure instanceof RequestFailure ? failure.status : unreachable;

export const noAnswer = (cause: unknown): RequestFailure =>
    new RequestFailure(unreachable, cause instanceof Error ? cause.message : String(cause));

export function failureOf(status: number, problem: Problem | undefined): RequestFailure {
    const text = problem?.detail ?? problem?.title ?? `The server answered ${status}.`;
    return new RequestFailure(status, text, problem);
}
