import { Card, Group, SemiCircleProgress, SimpleGrid, Skeleton, Stack, Text, VisuallyHidden } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconChartBar } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { metricsQuery, seriesQuery, type CallFilter } from '@/api/calls';
import type { Metrics } from '@/api/types';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { duration } from '@/parts/time_words';
import { filterOf } from '../logs/log_search';
import { RangePicker } from '../logs/range_picker';
import { ErrorShare } from './error_share';
import { GroupTable } from './group_table';
import { SeriesCharts } from './series_charts';

const from = '/signed-in/projects/$project/metrics';
const buckets = 60;
const whole = new Intl.NumberFormat();

export function MetricsPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const search = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/metrics' });
    useDocumentTitle(t('tabs.metrics'), project);
    const key = JSON.stringify(filterOf(search));
    const filter = useMemo(() => JSON.parse(key) as CallFilter, [key]);
    const metrics = useQuery({ ...metricsQuery(project, filter), placeholderData: keepPreviousData });
    const series = useQuery({ ...seriesQuery(project, filter, buckets), placeholderData: keepPreviousData });
    return (
        <Page title={t('tabs.metrics')} actions={<RangePicker range={search} onRange={(range) => { void navigate({ search: range }); }} />}>
            <Stack gap="md">
                {metrics.isError && <Failure failure={metrics.error} what={t('metrics.failed')} onRetry={() => { void metrics.refetch(); }} />}
                {metrics.isPending && <Skeleton h={120} />}
                {metrics.data?.total_calls === 0 && <Empty icon={<IconChartBar />} title={t('logs.none')}>{t('logs.noneHint')}</Empty>}
                {metrics.data !== undefined && metrics.data.total_calls > 0 && (
                    <>
                        <Tiles metrics={metrics.data} />
                        {series.isError && <Failure failure={series.error} onRetry={() => { void series.refetch(); }} />}
                        {series.data !== undefined && <SeriesCharts series={series.data}
                            onRange={(start_time, end_time) => { void navigate({ search: { start_time, end_time } }); }} />}
                        <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
                            <GroupTable project={project} filter={filter} by="tool" order="calls" title={t('metrics.topTools')} />
                            <GroupTable project={project} filter={filter} by="tool" order="slowest" title={t('metrics.slowest')} />
                            <GroupTable project={project} filter={filter} by="client_type" order="calls" title={t('metrics.clients')} />
                            <GroupTable project={project} filter={filter} by="key" order="calls" title={t('metrics.keys')} />
                            <ErrorShare project={project} metrics={metrics.data} search={search} />
                        </SimpleGrid>
                    </>
                )}
            </Stack>
        </Page>
    );
}

const time = (seconds: number | null): string => (seconds === null ? '—' : duration(seconds * 1000));

function Tiles({ metrics }: { metrics: Metrics }) {
    const { t } = useTranslation();
    const tiles: [string, string, string?][] = [
        [t('metrics.total'), whole.format(metrics.total_calls), t('metrics.perMinute', { rate: metrics.calls_per_minute })],
        [t('metrics.mean'), time(metrics.average_execution_time)],
        [t('metrics.median'), time(metrics.median_execution_time)],
        [t('metrics.p95'), time(metrics.p95_execution_time), `p99 ${time(metrics.p99_execution_time)}`],
        [t('metrics.tools'), whole.format(metrics.unique_tools)],
        [t('tabs.sessions'), whole.format(metrics.unique_sessions), t('metrics.callers', { count: metrics.unique_principals })],
    ];
    const rate = metrics.success_rate;
    const colour = rate >= 99 ? 'var(--chart-success)' : rate >= 90 ? 'var(--chart-timeout)' : 'var(--chart-error)';
    return (
        <Card>
            <Group gap="xl" align="center">
                <Stack align="center" gap={2} mx="auto">
                    <SemiCircleProgress value={rate} size={170} thickness={13} filledSegmentColor={colour} aria-label={t('metrics.successRate')}
                        label={<Text fw={700} fz={26} className="numbers">{rate.toFixed(1)} %</Text>} />
                    <Text size="xs" c="dimmed">{t('metrics.successRate')}</Text>
                </Stack>
                <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="lg" flex="1 1 420px">
                    {tiles.map(([name, value, more]) => (
                        <div key={name}>
                            <Text size="xs" c="dimmed">{name}</Text>
                            <Text fw={700} fz={22} className="numbers" lh={1.3}>{value}</Text>
                            <Text size="xs" c="dimmed" className="numbers" mih={18}>{more}</Text>
                        </div>
                    ))}
                </SimpleGrid>
            </Group>
            <VisuallyHidden component="h2">{t('metrics.summary')}</VisuallyHidden>
        </Card>
    );
}
