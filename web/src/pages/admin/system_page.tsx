import { Badge, Card, Group, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { healthQuery, statsQuery, storageQuery } from '@/api/admin';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { Page } from '@/parts/page';
import { bytes } from '@/parts/time_words';

const whole = new Intl.NumberFormat();

export function SystemPage() {
    const { t } = useTranslation();
    useDocumentTitle(t('admin.system'));
    return (
        <Page title={t('admin.system')} width={1080}>
            <Stack><Counts /><Health /><Storage /></Stack>
        </Page>
    );
}

function Counts() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(statsQuery);
    if (isPending) {
        return <Skeleton h={90} />;
    }
    if (isError) {
        return <Failure failure={error} onRetry={() => { void refetch(); }} />;
    }
    const tiles: [string, number, string?][] = [
        [t('admin.users'), data.total_users, t('admin.ofThemAdmins', { count: data.admin_users })],
        [t('projects.title'), data.total_projects], [t('admin.teams'), data.total_teams],
        [t('tabs.servers'), data.total_servers, t('admin.online', { count: data.online_servers })],
        [t('tabs.keys'), data.total_api_keys], [t('admin.liveSessions'), data.live_sessions],
    ];
    return (
        <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} spacing="sm">
            {tiles.map(([name, value, more]) => (
                <Card key={name} p="sm">
                    <Text size="xs" c="dimmed">{name}</Text>
                    <Text fw={700} fz={22} className="numbers" lh={1.3}>{whole.format(value)}</Text>
                    <Text size="xs" c="dimmed" mih={18}>{more}</Text>
                </Card>
            ))}
        </SimpleGrid>
    );
}

function Health() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(healthQuery);
    return (
        <Card>
            <Group justify="space-between" mb="sm"><Title order={2}>{t('admin.health')}</Title>{data !== undefined && <Text size="sm" c="dimmed">mcp-orch {data.version}</Text>}</Group>
            {isPending && <Skeleton h={40} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <Group gap="sm">
                    {Object.entries(data.checks).map(([name, good]) => (
                        <Badge key={name} size="lg" color={good ? 'teal' : 'red'} tt="none">{name}: {good ? t('admin.good') : t('admin.bad')}</Badge>
                    ))}
                    <Text size="sm" c="dimmed">{t('admin.spool')}: {bytes(data.spool_bytes)}</Text>
                </Group>
            )}
        </Card>
    );
}

function Storage() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(storageQuery);
    return (
        <Card>
            <Group justify="space-between" mb="sm"><Title order={2}>{t('admin.storage')}</Title>{data !== undefined && <Text size="sm" c="dimmed" className="numbers">{bytes(data.database_bytes)}</Text>}</Group>
            {isPending && <Skeleton h={120} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <Table.ScrollContainer minWidth={420} type="native" tabIndex={0}>
                    <Table fz="sm" className="numbers">
                        <Table.Thead><Table.Tr c="dimmed" fz="xs">
                            <Table.Th>{t('admin.kind')}</Table.Th><Table.Th>{t('admin.keptFor')}</Table.Th>
                            <Table.Th ta="right">{t('admin.size')}</Table.Th><Table.Th>{t('admin.oldest')}</Table.Th>
                        </Table.Tr></Table.Thead>
                        <Table.Tbody>
                            {data.kinds.map((kind) => (
                                <Table.Tr key={`${kind.kind} ${kind.retention_days}`}>
                                    <Table.Td>{kind.kind}</Table.Td>
                                    <Table.Td>{kind.retention_days === null ? '—' : t('settings.days', { count: kind.retention_days })}</Table.Td>
                                    <Table.Td ta="right">{bytes(kind.bytes)}</Table.Td>
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
