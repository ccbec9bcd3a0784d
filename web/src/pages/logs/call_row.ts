import type { Call } from '@/api/types';

/** What one line of the list shows. Bodies are left out, so that 100,000 rows fit into memory; an
 * opened call is asked for by its id. */
export interface CallRow {
    id: string;
    timestamp: string;
    status: string;
    server: string;
    tool: string;
    /** What went wrong, in the words of the server; empty when it said none. */
    fault: string;
    errorCode: string | null;
    /** Bytes that were asked with and answered. */
    asked: number;
    answered: number;
    principal: string;
    caller: string | null;
    client: string;
    duration_ms: number;
}

const faultMax = 240;

export function rowOf(call: Call): CallRow {
    return {
        id: call.id,
        timestamp: call.timestamp,
        status: call.status,
        server: call.server_name,
        tool: call.tool_name,
        fault: (call.error_message ?? '').slice(0, faultMax),
        errorCode: call.error_code,
        asked: call.input_data.size,
        answered: call.output_data.metadata.response_size,
        principal: call.principal,
        caller: call.principal_name,
        client: call.client_name === '' ? call.client_type : call.client_name,
        duration_ms: call.duration_ms,
    };
}
