import { Box, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Server } from '@/api/types';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { ServerStatus } from '@/parts/status_badge';
import { useRefreshAll } from '../servers/refresh_all';
import { RefreshProgress } from '../servers/refresh_progress';

interface Props {
    project: string;
    servers: Server[] | undefined;
    develops: boolean;
}

const order = ['online', 'starting', 'error', 'unknown', 'stopped', 'disabled'];

export function StatusCard({ project, servers, develops }: Props) {
    const { t } = useTranslation();
    const refresh = useRefreshAll(project);
    const enabled = servers?.filter((server) => server.is_enabled) ?? [];
    const tools = servers?.reduce((sum, server) => sum + server.tools_count, 0) ?? 0;
    const newest = servers?.map((server) => server.last_checked).filter((at) => at !== null).sort().at(-1);
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Title order={2}>{t('tabs.servers')}</Title>
                {develops && enabled.length > 0 && (
                    <Button size="compact-sm" variant="default" leftSection={<IconRefresh size={15} />}
                        loading={refresh.isRunning} onClick={refresh.run}>
                        {t('servers.refreshAll')}
                    </Button>
                )}
            </Group>
            {refresh.total > 0 && <Box mb="sm"><RefreshProgress total={refresh.total} done={refresh.done} /></Box>}
            {refresh.failure !== null && <Failure failure={refresh.failure} what={t('servers.refreshFailed')} />}
            {servers === undefined ? <Skeleton h={120} /> : (
                <Stack gap={8}>
                    {order.map((status) => {
                        const count = servers.filter((server) => server.status === status).length;
                        return count > 0 && (
                            <Group key={status} justify="space-between">
                                <ServerStatus status={status} />
                                <Text size="sm" fw={600} className="numbers">{count}</Text>
                            </Group>
                        );
                    })}
                    {servers.length === 0 && <Text size="sm" c="dimmed">{t('servers.noneHint')}</Text>}
                    <Group justify="space-between" mt={4} pt={10} style={{ borderTop: '1px solid var(--line)' }}>
                        <Text size="sm" c="dimmed">{t('servers.tools')}</Text>
                        <Text size="sm" fw={600} className="numbers">{tools}</Text>
                    </Group>
                    <Group justify="space-between">
                        <Text size="sm" c="dimmed">{t('servers.lastChecked')}</Text>
                        <Text size="sm"><Moment at={newest} never={t('servers.never')} /></Text>
                    </Group>
                    <Button variant="default" mt={4} renderRoot={(props) => <Link to="/projects/$project/servers" params={{ project }} {...props} />}>{t('overview.toServers')}</Button>
                </Stack>
            )}
        </Card>
    );
}
