import { Group, Skeleton, Text } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { histogramQuery, type CallFilter } from '@/api/calls';
import { statusColours } from '@/parts/chart/colours';
import { Chart } from '@/parts/chart/lazy_chart';
import { Failure } from '@/parts/failure';
import { statuses } from './log_search';
import styles from './log_page.module.css';
import { useStatusNames } from './status_names';

interface Props {
    project: string;
    filter: CallFilter;
    onRange: (from: string, to: string) => void;
}

const buckets = 60;
const whole = new Intl.NumberFormat();
const height = 92;

/** How many calls there were over the time that is looked at; a drag narrows it. */
export function LogHistogram({ project, filter, onRange }: Props) {
    const { t } = useTranslation();
    const names = useStatusNames();
    const { data, isPending, isError, error, refetch } = useQuery({
        ...histogramQuery(project, filter, buckets), placeholderData: keepPreviousData,
    });
    const times = useMemo(() => data?.buckets.map(({ start }) => Date.parse(start) / 1000) ?? [], [data]);
    const series = useMemo(() => statuses.map((status) => ({
        label: names[status] ?? status, colour: statusColours[status],
        values: data?.buckets.map((bucket) => bucket[status]) ?? [],
    })), [data, names]);
    const brush = useCallback((from: number, to: number) => {
        onRange(new Date(from * 1000).toISOString(), new Date(to * 1000).toISOString());
    }, [onRange]);
    const totals = series.map(({ label, colour, values }) => ({
        label, colour, total: values.reduce((sum, value) => sum + value, 0),
    }));
    return (
        <div className={styles.histogram}>
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={height} />}
            {data !== undefined && (
                <>
                    <Chart times={times} series={series} kind="bars" height={height} format={(value) => whole.format(value)}
                        onBrush={brush} description={`${t('metrics.callsOverTime')}: ${totals.map(({ label, total }) => `${label} ${total}`).join(', ')}`} />
                    <Group gap="md" className={styles.legend}>
                        {totals.filter(({ total }) => total > 0).map(({ label, colour, total }) => (
                            <Text key={label} size="xs" c="dimmed" className="numbers">
                                <i style={{ background: colour }} aria-hidden="true" />{label} {whole.format(total)}
                            </Text>
                        ))}
                        <Text size="xs" c="dimmed" ml="auto" visibleFrom="sm">{t('logs.brush')}</Text>
                    </Group>
                </>
            )}
        </div>
    );
}
