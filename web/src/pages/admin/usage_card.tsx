import { Anchor, Card, Group, Skeleton, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { usageQuery } from '@/api/admin';
import { Failure } from '@/parts/failure';
import { bytes } from '@/parts/time_words';

const whole = new Intl.NumberFormat();

/** Which projects were used, and how much. */
export function UsageCard() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(usageQuery);
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Title order={2}>{t('admin.usage')}</Title>
                {data !== undefined && <Text size="sm" c="dimmed" className="numbers">{t('admin.usageOf', {
                    count: data.total.total_calls, from: data.from, to: data.to, calls: whole.format(data.total.total_calls),
                })}</Text>}
            </Group>
            {isPending && <Skeleton h={90} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data?.rows.length === 0 && <Text size="sm" c="dimmed">{t('admin.noUsage')}</Text>}
            {data !== undefined && data.rows.length > 0 && (
                <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
                    <Table fz="sm" className="numbers">
                        <Table.Thead><Table.Tr c="dimmed" fz="xs">
                            <Table.Th>{t('admin.project')}</Table.Th><Table.Th ta="right">{t('metrics.total')}</Table.Th>
                            <Table.Th ta="right">{t('metrics.good')}</Table.Th><Table.Th ta="right">{t('logs.arguments')}</Table.Th>
                            <Table.Th ta="right">{t('admin.results')}</Table.Th>
                        </Table.Tr></Table.Thead>
                        <Table.Tbody>
                            {data.rows.map((row) => (
                                <Table.Tr key={row.value}>
                                    <Table.Td>{row.name === null ? t('admin.gone') : <Anchor size="sm" renderRoot={(props) => (
                                        <Link to="/projects/$project/metrics" params={{ project: row.name ?? '' }} {...props} />
                                    )}>{row.name}</Anchor>}</Table.Td>
                                    <Table.Td ta="right">{whole.format(row.total_calls)}</Table.Td>
                                    <Table.Td ta="right">{whole.format(row.successful_calls)}</Table.Td>
                                    <Table.Td ta="right">{bytes(row.argument_bytes)}</Table.Td>
                                    <Table.Td ta="right">{bytes(row.result_bytes)}</Table.Td>
                                </Table.Tr>
                            ))}
                        </Table.Tbody>
                    </Table>
                </Table.ScrollContainer>
            )}
            {data?.has_more === true && <Text size="xs" c="dimmed" mt="xs">{t('admin.moreUsage')}</Text>}
        </Card>
    );
}
