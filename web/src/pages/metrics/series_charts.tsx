import { Card, Group, Text, Title } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { MetricSeries } from '@/api/types';
import { statusColours } from '@/parts/chart/colours';
import { Chart } from '@/parts/chart/lazy_chart';
import type { ChartSeries } from '@/parts/chart/time_chart';
import { duration } from '@/parts/time_words';
import { useStatusNames } from '../logs/status_names';

interface Props {
    series: MetricSeries;
    onRange: (from: string, to: string) => void;
}

const whole = new Intl.NumberFormat();
const ms = (seconds: number | null): number | null => (seconds === null ? null : seconds * 1000);

export function SeriesCharts({ series: { buckets }, onRange }: Props) {
    const { t } = useTranslation();
    const names = useStatusNames();
    const times = useMemo(() => buckets.map(({ start }) => Date.parse(start) / 1000), [buckets]);
    const calls = useMemo<ChartSeries[]>(() => (['success', 'error', 'timeout', 'cancelled'] as const).map((status) => ({
        label: names[status] ?? status, colour: statusColours[status],
        values: buckets.map(({ metrics }) => (status === 'success' ? metrics.successful_calls : metrics[`${status}_calls`])),
    })), [buckets, names]);
    const latency = useMemo<ChartSeries[]>(() => [
        { label: t('metrics.median'), colour: 'var(--chart-cancelled)', values: buckets.map(({ metrics }) => ms(metrics.median_execution_time)) },
        { label: 'p95', colour: 'var(--chart-main)', values: buckets.map(({ metrics }) => ms(metrics.p95_execution_time)) },
        { label: 'p99', colour: 'var(--chart-timeout)', values: buckets.map(({ metrics }) => ms(metrics.p99_execution_time)) },
    ], [buckets, t]);
    const brush = useCallback((from: number, to: number) => {
        onRange(new Date(from * 1000).toISOString(), new Date(to * 1000).toISOString());
    }, [onRange]);
    return (
        <>
            <ChartCard title={t('metrics.callsOverTime')} series={calls}>
                <Chart times={times} series={calls} kind="bars" height={200} format={(value) => whole.format(value)} onBrush={brush} description={t('metrics.callsOverTime')} />
            </ChartCard>
            <ChartCard title={t('metrics.latencyOverTime')} series={latency}>
                <Chart times={times} series={latency} kind="line" height={200} format={duration} onBrush={brush} description={t('metrics.latencyOverTime')} />
            </ChartCard>
        </>
    );
}

function ChartCard({ title, series, children }: { title: string; series: ChartSeries[]; children: React.ReactNode }) {
    return (
        <Card>
            <Group justify="space-between" mb="xs" gap="xs">
                <Title order={2}>{title}</Title>
                <Group gap="md">
                    {series.map(({ label, colour }) => (
                        <Text key={label} size="xs" c="dimmed">
                            <span aria-hidden="true" style={{ display: 'inline-block', width: 9, height: 9, borderRadius: 2, marginRight: 6, background: colour }} />{label}
                        </Text>
                    ))}
                </Group>
            </Group>
            {children}
        </Card>
    );
}
