import { expect, test } from 'vitest';
import { samplesIn } from './prometheus';

test('numbers without labels are found by name, and nothing else is', () => {
    expect(samplesIn([
        '# HELP mcp_orch_spool_bytes Spool files.', '# TYPE mcp_orch_spool_bytes gauge', 'mcp_orch_spool_bytes 4096',
        'mcp_orch_server_up{project="shop",server="memory"} 1', 'mcp_orch_call_log_rows_total 1.5e+06', '',
    ].join('\n'))).toEqual({ mcp_orch_spool_bytes: 4096, mcp_orch_call_log_rows_total: 1_500_000 });
});
