export const logs = {
    metrics: {
        successRate: 'Success rate', total: 'Calls', p95: 'p95 latency', median: 'Median', callsOverTime: 'Calls over time',
        latencyOverTime: 'Latency over time',
    },
} as const;
