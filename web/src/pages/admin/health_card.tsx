import { Badge, Card, Group, SimpleGrid, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { healthQuery, runtimeQuery } from '@/api/admin';
import { Failure } from '@/parts/failure';
import { bytes } from '@/parts/time_words';

const whole = new Intl.NumberFormat();

/** Whether all parts work, and what became of the records of calls since the start. */
export function HealthCard() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(healthQuery);
    const names: Record<string, string> = {
        ready: t('admin.checks.ready'), database: t('admin.checks.database'), spool: t('admin.checks.spool'),
    };
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Title order={2}>{t('admin.health')}</Title>
                {data !== undefined && <Text size="sm" c="dimmed">mcp-orch {data.version}</Text>}
            </Group>
            {isPending && <Skeleton h={40} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <Group gap="sm">
                    {Object.entries(data.checks).map(([name, good]) => (
                        <Badge key={name} size="lg" color={good ? 'teal' : 'red'} tt="none">{names[name] ?? name}: {good ? t('admin.good') : t('admin.bad')}</Badge>
                    ))}
                    <Text size="sm" c={data.status === 'healthy' ? 'dimmed' : 'var(--status-error)'} role="status">{data.condition}</Text>
                </Group>
            )}
            <CallRecords spool={data?.spool_bytes} />
        </Card>
    );
}

function CallRecords({ spool }: { spool: number | undefined }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(runtimeQuery);
    if (isPending) {
        return <Skeleton h={52} mt="md" />;
    }
    if (isError) {
        return <Failure failure={error} what={t('admin.numbersFailed')} onRetry={() => { void refetch(); }} />;
    }
    const counted = (name: string): string => {
        const value = data[name];
        return value === undefined ? '—' : whole.format(value);
    };
    const facts: [string, string, boolean][] = [
        [t('admin.spool'), spool === undefined ? '—' : bytes(spool), false],
        [t('admin.stored'), counted('mcp_orch_call_log_rows_total'), false],
        [t('admin.lost'), counted('mcp_orch_call_log_lost_total'), (data['mcp_orch_call_log_lost_total'] ?? 0) > 0],
        [t('admin.turnedAway'), counted('mcp_orch_calls_turned_away_total'), (data['mcp_orch_calls_turned_away_total'] ?? 0) > 0],
    ];
    return (
        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm" mt="md">
            {facts.map(([name, value, isBad]) => (
                <div key={name}>
                    <Text size="xs" c="dimmed">{name}</Text>
                    <Text fw={650} className="numbers" c={isBad ? 'var(--status-error)' : undefined}>{value}</Text>
                </div>
            ))}
        </SimpleGrid>
    );
}
