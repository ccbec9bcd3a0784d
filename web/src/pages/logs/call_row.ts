import type { Call } from '@/api/types';

/** What one line of the list shows. Bodies are left out, so that 100,000 rows fit into memory; an
 * opened call is asked for by its id. */
export interface CallRow {
    id: string;
    timestamp: string;
    status: string;
    server: string;
    tool: string;
    words: string;
    /** The words tell what went wrong; else they are the arguments. */
    isFault: boolean;
    client: string;
    duration_ms: number;
}

const wordsMax = 240;

/** The text that a tool answered with, where it says why it failed. */
function answered(result: unknown): string {
    const content = (result as { content?: { text?: unknown }[] } | null | undefined)?.content;
    const text = Array.isArray(content) ? content.find((part) => typeof part?.text === 'string')?.text : undefined;
    return typeof text === 'string' ? text : '';
}

function faultOf(call: Call): string {
    if (call.status === 'success') {
        return '';
    }
    return call.error_message ?? answered(call.output_data.result);
}

const given = ({ input_data: { arguments: value } }: Call): string =>
    (value === null || value === undefined ? '' : JSON.stringify(value));

export function rowOf(call: Call): CallRow {
    const fault = faultOf(call);
    return {
        id: call.id,
        timestamp: call.timestamp,
        status: call.status,
        server: call.server_name,
        tool: call.tool_name,
        words: (fault === '' ? given(call) : fault).slice(0, wordsMax),
        isFault: fault !== '',
        client: call.client_name === '' ? call.client_type : call.client_name,
        duration_ms: call.duration_ms,
    };
}
