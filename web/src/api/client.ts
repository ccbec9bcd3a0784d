import createClient, { type Middleware } from 'openapi-fetch';
import { failureOf, noAnswer, type Problem } from './problem';
import type { paths } from './schema';

type Listener = () => void;
let whenSignedOut: Listener = () => undefined;

/** Called when the server says that nobody is signed in any more. */
export function onSignedOut(listener: Listener): void {
    whenSignedOut = listener;
}

const watchSignedOut: Middleware = {
    onResponse({ response, schemaPath }) {
        if (response.status === 401 && schemaPath !== '/api/users/login') {
            whenSignedOut();
        }
    },
};

const serialise = (query: Record<string, unknown>): string => {
    const words = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        for (const each of Array.isArray(value) ? value : [value]) {
            if (each !== undefined && each !== null && each !== '') {
                words.append(name, String(each));
            }
        }
    }
    return words.toString();
};

export const api = createClient<paths>({ baseUrl: '/', querySerializer: serialise });
api.use(watchSignedOut);

interface Outcome<Data> {
    data?: Data;
    error?: Problem;
    response: Response;
}

/** The data of an answer; throws a RequestFailure for anything that is none. */
export async function unwrap<Data>(request: Promise<Outcome<Data>>): Promise<Data> {
    let outcome: Outcome<Data>;
    try {
        outcome = await request;
    } catch (cause) {
        if (cause instanceof DOMException && cause.name === 'AbortError') {
            throw cause;
        }
        throw noAnswer(cause);
    }
    if (!outcome.response.ok || outcome.data === undefined) {
        throw failureOf(outcome.response.status, outcome.error);
    }
    return outcome.data;
}

export const queryString = serialise;
