export const logs = {
    metrics: {
        successRate: '성공률', total: '호출', p95: 'p95 지연', median: '중앙값', callsOverTime: '시간별 호출',
        latencyOverTime: '시간별 지연',
    },
};
