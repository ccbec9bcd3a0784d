import { Card, Group, SemiCircleProgress, SimpleGrid, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { seriesQuery, metricsQuery } from '@/api/calls';
import type { Metrics, MetricSeries } from '@/api/types';
import { Chart } from '@/parts/chart/lazy_chart';
import { Failure } from '@/parts/failure';
import { duration } from '@/parts/time_words';

const lastDay = { time_range: '24h' };
const buckets = 48;
const whole = new Intl.NumberFormat();

export function CallsCard({ project }: { project: string }) {
    const { t } = useTranslation();
    const metrics = useQuery(metricsQuery(project, lastDay));
    const series = useQuery(seriesQuery(project, lastDay, buckets));
    return (
        <Card>
            <Group justify="space-between" mb="xs">
                <Title order={2}>{t('overview.calls')}</Title>
                <Text size="xs" c="dimmed">{t('overview.lastDay')}</Text>
            </Group>
            {metrics.isError && <Failure failure={metrics.error} onRetry={() => { void metrics.refetch(); }} />}
            {metrics.isPending && <Skeleton h={150} />}
            {metrics.data?.total_calls === 0 && <Text size="sm" c="dimmed" py="lg">{t('overview.noCalls')}</Text>}
            {metrics.data !== undefined && metrics.data.total_calls > 0
                && <Numbers metrics={metrics.data} series={series.data} />}
        </Card>
    );
}

function Gauge({ rate }: { rate: number }) {
    const { t } = useTranslation();
    const colour = rate >= 99 ? 'var(--chart-success)' : rate >= 90 ? 'var(--chart-timeout)' : 'var(--chart-error)';
    return (
        <Stack align="center" gap={2}>
            <SemiCircleProgress value={rate} size={160} thickness={12} filledSegmentColor={colour}
                aria-label={t('metrics.successRate')}
                label={<Text fw={700} fz={24} className="numbers">{rate.toFixed(1)} %</Text>} />
            <Text size="xs" c="dimmed">{t('metrics.successRate')}</Text>
        </Stack>
    );
}

function Numbers({ metrics, series }: { metrics: Metrics; series: MetricSeries | undefined }) {
    const { t } = useTranslation();
    const times = series?.buckets.map(({ start }) => Date.parse(start) / 1000) ?? [];
    const counts = series?.buckets.map((bucket) => bucket.metrics.total_calls) ?? [];
    const slow = series?.buckets.map(({ metrics: { p95_execution_time: p95 } }) =>
        (p95 === null ? null : p95 * 1000)) ?? [];
    const p95 = metrics.p95_execution_time;
    return (
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="lg" style={{ alignItems: 'center' }}>
            <Gauge rate={metrics.success_rate} />
            <div>
                <Text size="xs" c="dimmed">{t('metrics.total')}</Text>
                <Text fw={700} fz={24} className="numbers">{whole.format(metrics.total_calls)}</Text>
                <Chart bare times={times} kind="bars" height={48} format={(value) => whole.format(value)}
                    description={t('metrics.callsOverTime')}
                    series={[{ label: t('metrics.total'), colour: 'var(--chart-main)', values: counts }]} />
            </div>
            <div>
                <Text size="xs" c="dimmed">{t('metrics.p95')}</Text>
                <Text fw={700} fz={24} className="numbers">{p95 === null ? '—' : duration(p95 * 1000)}</Text>
                <Chart bare times={times} kind="bars" height={48} format={duration}
                    description={t('metrics.latencyOverTime')}
                    series={[{ label: t('metrics.p95'), colour: 'var(--chart-timeout)', values: slow }]} />
            </div>
        </SimpleGrid>
    );
}
