// The ways in which a tool call can end, and what the log has to say of each.

import assert from 'node:assert/strict';

/** Server, tool and arguments of a call, and what its row must say. */
export const endings = {
    success: { server: 'faulty', tool: 'echo', status: 'success', code: null },
    'tool error': { server: 'faulty', tool: 'fail', args: { message: 'no luck' },
        status: 'error', code: 'TOOL_ERROR' },
    'invalid params': { server: 'faulty', tool: 'refuse', args: { message: 'not like this' },
        status: 'error', code: 'INVALID_PARAMETERS', message: /not like this/ },
    'method not found': { server: 'faulty', tool: 'refuse', args: { code: -32601 },
        status: 'error', code: 'METHOD_NOT_FOUND' },
    'any other error': { server: 'faulty', tool: 'refuse', args: { code: -5, message: 'odd' },
        status: 'error', code: 'EXECUTION_ERROR', message: /odd/ },
    'the end of the server': { server: 'other', tool: 'crash', args: { code: 7 },
        status: 'error', code: 'NO_RESPONSE', message: /other.*7/s },
    'time-out': { server: 'hasty', tool: 'hang', status: 'timeout', code: 'TIMEOUT' },
    'unknown tool': { server: 'faulty', tool: 'no_such_tool',
        status: 'error', code: 'INVALID_PARAMETERS', message: /no_such_tool/ },
};

const absent = (value) => (value === '' || value === undefined ? null : value);

/** Compares the row of a call with what is known of the call. */
export function checkRow(row, call) {
    assert.equal(row.status, call.status);
    assert.equal(absent(row.error_code), call.code);
    assert.equal(row.entry_path, call.entryPath);
    assert.deepEqual(row.input_data.arguments, call.args);
    assert.ok(row.duration_ms >= 0 && row.duration_ms < 60_000);
    assert.ok(Math.abs(row.execution_time * 1000 - row.duration_ms) <= 1);
    assert.ok(Math.abs(Date.parse(row.timestamp) - call.time) < 60_000);
    assert.match(row.timestamp, /Z$/);
    assert.match(row.ip_address, /^(::ffff:)?127\.0\.0\.1$/);
    if (call.status === 'success') {
        assert.equal(absent(row.error_message), null);
    } else if (call.code !== 'TOOL_ERROR' && call.status !== 'cancelled') {
        // What a tool says of its failure stands in its result.
        assert.match(row.error_message, call.message ?? /./);
    }
    if (call.text !== undefined) {
        assert.equal(row.output_data.result.content[0].text, call.text);
    }
    if (call.entryPath !== 'rest') {
        assert.equal(row.user_agent, call.userAgent);
        assert.equal(row.client_type, 'cline');
        assert.ok(row.session_id.length > 0);
    }
    // A call of a tool that nobody has still belongs to the server it was made to.
    assert.ok(row.tool_name.endsWith(call.tool), row.tool_name);
}
