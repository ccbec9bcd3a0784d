import { Anchor, Card, Skeleton, Table, Text, Title } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { groupsQuery, type CallFilter, type GroupOrder } from '@/api/calls';
import type { MetricGroup } from '@/api/types';
import { Failure } from '@/parts/failure';
import { duration } from '@/parts/time_words';
import { useCallerName } from '../logs/caller_name';
import type { LogSearch } from '../logs/log_search';

interface Props {
    project: string;
    filter: CallFilter;
    by: 'tool' | 'client_type' | 'key';
    order: GroupOrder;
    title: string;
}

const whole = new Intl.NumberFormat();
const time = (seconds: number | null): string => (seconds === null ? '—' : duration(seconds * 1000));

export function GroupTable({ project, filter, by, order, title }: Props) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery({
        ...groupsQuery(project, filter, by, order), placeholderData: keepPreviousData,
    });
    const heads = { tool: t('logs.tool'), client_type: t('logs.client'), key: t('logs.caller') };
    const most = Math.max(...(data?.groups.map(({ metrics }) => metrics.total_calls) ?? []), 1);
    return (
        <Card>
            <Title order={2} mb="xs">{title}</Title>
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={220} />}
            {data?.groups.length === 0 && <Text size="sm" c="dimmed">{t('metrics.noKeys')}</Text>}
            {data !== undefined && data.groups.length > 0 && (
                <Table.ScrollContainer minWidth={360} type="native" tabIndex={0}>
                    <Table fz="sm" verticalSpacing={6} horizontalSpacing={6}>
                        <Table.Thead>
                            <Table.Tr c="dimmed" fz="xs">
                                <Table.Th>{heads[by]}</Table.Th>
                                <Table.Th ta="right">{t('metrics.total')}</Table.Th>
                                <Table.Th ta="right">{t('metrics.good')}</Table.Th>
                                <Table.Th ta="right">{t('metrics.median')}</Table.Th>
                                <Table.Th ta="right">p95</Table.Th>
                            </Table.Tr>
                        </Table.Thead>
                        <Table.Tbody className="numbers">
                            {data.groups.map((group) => <Row key={`${group.server_id} ${group.value}`} project={project} by={by} filter={filter} group={group} most={most} />)}
                        </Table.Tbody>
                    </Table>
                </Table.ScrollContainer>
            )}
        </Card>
    );
}

function searchFor(by: Props['by'], filter: CallFilter, group: MetricGroup): LogSearch {
    const { time_range, start_time, end_time } = filter;
    const range = { time_range, start_time, end_time };
    switch (by) {
        case 'tool': return { ...range, tool_name: group.value, server_id: group.server_id ?? group.server_name ?? undefined };
        case 'client_type': return { ...range, client_type: [group.value] };
        case 'key': return { ...range, principal: group.value };
    }
}

function Row({ project, by, filter, group, most }: { project: string; by: Props['by']; filter: CallFilter; group: MetricGroup; most: number }) {
    const { t } = useTranslation();
    const { metrics } = group;
    const callerName = useCallerName();
    const nameOf = () => {
        if (by === 'key') {
            return callerName(group.value, group.name);
        }
        return group.value === 'unknown' && by === 'client_type' ? t('logs.unknownClient') : group.value;
    };
    const share = (metrics.total_calls / most) * 100;
    return (
        <Table.Tr>
            <Table.Td style={{ background: `linear-gradient(90deg, color-mix(in srgb, var(--mantine-primary-color-filled) 10%, transparent) ${share}%, transparent ${share}%)`, borderRadius: 4 }}>
                <Anchor size="sm" fw={550} c="inherit" renderRoot={(props) => (
                    <Link to="/projects/$project/logs" params={{ project }} search={searchFor(by, filter, group)} {...props} />
                )} title={by === 'key' ? group.value : undefined}>{nameOf()}</Anchor>
                {group.server_name !== null && <Text span size="xs" c="dimmed"> {group.server_name}</Text>}
            </Table.Td>
            <Table.Td ta="right">{whole.format(metrics.total_calls)}</Table.Td>
            <Table.Td ta="right" c={metrics.success_rate < 90 ? 'var(--status-error)' : undefined}>{metrics.success_rate.toFixed(1)} %</Table.Td>
            <Table.Td ta="right">{time(metrics.median_execution_time)}</Table.Td>
            <Table.Td ta="right">{time(metrics.p95_execution_time)}</Table.Td>
        </Table.Tr>
    );
}
