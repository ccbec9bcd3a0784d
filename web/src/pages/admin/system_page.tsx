import { SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { statsQuery } from '@/api/admin';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { bytes } from '@/parts/time_words';
import { HealthCard } from './health_card';
import { SecretsCard } from './secrets_card';
import { StorageCard } from './storage_card';
import { Tile } from './tile';
import { UsageCard } from './usage_card';

export function SystemPage() {
    const { t } = useTranslation();
    useDocumentTitle(t('admin.system'));
    return (
        <Page title={t('admin.system')} note={t('admin.refreshes')}>
            <Stack><Counts /><HealthCard /><UsageCard /><StorageCard /><SecretsCard /></Stack>
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
    const closed = data.total_users - data.active_users;
    return (
        <SimpleGrid cols={{ base: 2, sm: 3, lg: 9 }} spacing="sm">
            <Tile name={t('admin.users')} value={data.total_users}
                more={[t('admin.ofThemAdmins', { count: data.admin_users }), ...(closed > 0 ? [t('admin.ofThemClosed', { count: closed })] : [])].join(', ')} />
            <Tile name={t('projects.title')} value={data.total_projects} />
            <Tile name={t('admin.teams')} value={data.total_teams} />
            <Tile name={t('tabs.servers')} value={data.total_servers} more={t('admin.online', { count: data.online_servers })} />
            <Tile name={t('tabs.keys')} value={data.total_api_keys} />
            <Tile name={t('admin.liveSessions')} value={data.live_sessions} />
            <Tile name={t('admin.memory')} value={bytes(data.memory_bytes)} more={t('admin.memoryOf')} />
            <Tile name={t('admin.actors')} value={data.running_actors} />
            <Tile name={t('admin.databaseQueue')} value={data.waiting_for_database} more={t('admin.databaseQueueOf')} />
        </SimpleGrid>
    );
}
