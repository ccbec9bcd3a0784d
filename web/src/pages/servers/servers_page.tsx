import { Button, Skeleton, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconPlus, IconRefresh, IconSearch, IconServerOff } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { serversQuery } from '@/api/servers';
import type { Server } from '@/api/types';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { named } from '@/parts/search_words';
import { useRefreshAll } from './refresh_all';
import { RefreshProgress } from './refresh_progress';
import { ServerEditor, type Editing } from './server_editor';
import { ServerTable } from './server_table';

export function ServersPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/servers' });
    const { develops } = useAccess(project);
    const [search, setSearch] = useState('');
    const [editing, setEditing] = useState<Editing | null>(null);
    const list = useQuery(serversQuery(project));
    const refresh = useRefreshAll(project);
    useDocumentTitle(t('tabs.servers'), project);

    const servers = list.data ?? [];
    const enabled = servers.filter((server) => server.is_enabled);
    const found = servers.filter((server) =>
        named(search, server.name, server.display_name, server.description));
    const add = develops && (
        <Button leftSection={<IconPlus size={16} />} onClick={() => { setEditing({ kind: 'new' }); }}>
            {t('servers.add')}
        </Button>
    );
    const edit = (server: Server) => { setEditing({ kind: 'server', server }); };
    return (
        <Page title={t('tabs.servers')} note={list.data && t('servers.count', { count: servers.length })}
            actions={servers.length > 0 && (
                <>
                    <TextInput value={search} onChange={(event) => { setSearch(event.currentTarget.value); }}
                        leftSection={<IconSearch size={16} />} placeholder={t('servers.search')}
                        aria-label={t('servers.search')} w={200} />
                    {develops && (
                        <Button variant="default" leftSection={<IconRefresh size={16} />} loading={refresh.isRunning}
                            disabled={enabled.length === 0} onClick={refresh.run}>
                            {t('servers.refreshAll')}
                        </Button>
                    )}
                    {add}
                </>
            )}>
            <Stack gap="sm">
                <RefreshProgress total={refresh.total} done={refresh.done} />
                {refresh.failure !== null
                    && <Failure failure={refresh.failure} what={t('servers.refreshFailed')} />}
                {list.isError && (
                    <Failure failure={list.error} what={t('servers.failed')} onRetry={() => { void list.refetch(); }} />
                )}
                {list.isPending && [0, 1, 2, 3].map((row) => <Skeleton key={row} h={58} radius="md" />)}
                {list.data?.length === 0
                    && <Empty icon={<IconServerOff />} title={t('servers.none')} action={add}>{t('servers.noneHint')}</Empty>}
                {found.length > 0 && (
                    <ServerTable project={project} servers={found} waiting={refresh.waiting} develops={develops}
                        onEdit={edit} />
                )}
                {servers.length > 0 && found.length === 0
                    && <Empty icon={<IconSearch />} title={t('servers.noMatch', { search })} />}
            </Stack>
            <ServerEditor project={project} editing={editing} onClose={() => { setEditing(null); }} />
        </Page>
    );
}
