import type { Call } from '@/api/types';

/** What one line of the list shows. Bodies are left out, so that 100,000 rows fit into memory; an
 * opened call is asked for by its id. */
export interface CallRow {
    id: string;
    timestamp: string;
    status: string;
    server: string;
    tool: string;
    /** What went wrong; else how the arguments begin. */
    words: string;
    /** Whether the words tell what went wrong. */
    isFault: boolean;
    errorCode: string | null;
    /** Bytes that were asked with and answered. */
    asked: number;
    answered: number;
    principal: string;
    caller: string | null;
    client: string;
    duration_ms: number;
}

const wordsMax = 240;

/** How a body begins: as the list tells it, or from the body of a call that came whole. */
const beginning = (preview: string | null | undefined, body: unknown): string =>
    preview ?? (body === null || body === undefined ? '' : JSON.stringify(body).slice(0, wordsMax));

/** The first text in the beginning of a tool's result, which may be cut off. */
export function textIn(result: string): string {
    const [, told] = /"text"\s*:\s*"((?:[^"\\]|\\.)*)/.exec(result) ?? [];
    return told === undefined ? '' : told.replace(/\\u[0-9a-fA-F]{0,3}$/, '').replace(/\\(?:u[0-9a-fA-F]{4}|.)/g, (escape) => JSON.parse(`"${escape}"`) as string);
}

function faultOf(call: Call): string {
    if (call.status === 'success') {
        return '';
    }
    return call.error_message ?? textIn(beginning(call.result_preview, call.output_data.result));
}

export function rowOf(call: Call): CallRow {
    const fault = faultOf(call);
    return {
        id: call.id,
        timestamp: call.timestamp,
        status: call.status,
        server: call.server_name,
        tool: call.tool_name,
        words: (fault === '' ? beginning(call.arguments_preview, call.input_data.arguments) : fault).slice(0, wordsMax),
        isFault: fault !== '',
        errorCode: call.error_code,
        asked: call.input_data.size,
        answered: call.output_data.metadata.response_size,
        principal: call.principal,
        caller: call.principal_name,
        client: call.client_name === '' ? call.client_type : call.client_name,
        duration_ms: call.duration_ms,
    };
}
