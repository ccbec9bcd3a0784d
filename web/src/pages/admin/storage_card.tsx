import { Card, Group, Skeleton, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { storageQuery } from '@/api/admin';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { bytes } from '@/parts/time_words';

/** What the records take on disk, by kind and by how long they are kept. */
export function StorageCard() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(storageQuery);
    const names: Record<string, string> = {
        calls: t('metrics.total'), server_log: t('admin.kinds.serverLog'), sessions: t('tabs.sessions'),
        activities: t('tabs.activity'), usage: t('admin.kinds.usage'), spool: t('admin.spool'),
    };
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Title order={2}>{t('admin.storage')}</Title>
                {data !== undefined && <Text size="sm" c="dimmed" className="numbers">{t('admin.database', { size: bytes(data.database_bytes) })}</Text>}
            </Group>
            {isPending && <Skeleton h={120} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <Table.ScrollContainer minWidth={520} type="native" tabIndex={0}>
                    <Table fz="sm" className="numbers">
                        <Table.Thead><Table.Tr c="dimmed" fz="xs">
                            <Table.Th>{t('admin.kind')}</Table.Th><Table.Th>{t('admin.keptFor')}</Table.Th>
                            <Table.Th ta="right">{t('admin.size')}</Table.Th><Table.Th ta="right">{t('admin.days')}</Table.Th>
                            <Table.Th ta="right">{t('admin.perDay')}</Table.Th><Table.Th>{t('admin.oldest')}</Table.Th>
                        </Table.Tr></Table.Thead>
                        <Table.Tbody>
                            {data.kinds.map((kind) => (
                                <Table.Tr key={`${kind.kind} ${kind.retention_days}`}>
                                    <Table.Td>{names[kind.kind] ?? kind.kind}</Table.Td>
                                    <Table.Td>{kind.retention_days === null ? '—' : t('settings.days', { count: kind.retention_days })}</Table.Td>
                                    <Table.Td ta="right">{bytes(kind.bytes)}{kind.kind === 'spool' && ` / ${bytes(data.spool_bytes_max)}`}</Table.Td>
                                    <Table.Td ta="right">{kind.days ?? '—'}</Table.Td>
                                    <Table.Td ta="right">{kind.days === null || kind.days === 0 ? '—' : bytes(kind.bytes / kind.days)}</Table.Td>
                                    <Table.Td><Moment at={kind.oldest} /></Table.Td>
                                </Table.Tr>
                            ))}
                        </Table.Tbody>
                    </Table>
                </Table.ScrollContainer>
            )}
        </Card>
    );
}
