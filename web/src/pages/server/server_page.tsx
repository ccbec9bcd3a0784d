import { Anchor, Breadcrumbs, Button, Group, Skeleton, Switch, Tabs, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPencil, IconPlayerPlay, IconRefresh } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetServers, refreshServer, restartServer, serverQuery, toggleServer } from '@/api/servers';
import type { ServerDetail } from '@/api/types';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { tell, tellFailure } from '@/parts/notice';
import { ServerStatus } from '@/parts/status_badge';
import { ServerEditor, type Editing } from '../servers/server_editor';
import { ServerFacts } from './server_facts';
import { type ServerTab } from './server_search';
import { ToolList } from './tool_list';

const ServerProcess = lazy(() => import('./server_process').then((module) => ({ default: module.ServerProcessPanel })));
const ServerLog = lazy(() => import('./server_log').then((module) => ({ default: module.ServerLog })));

const from = '/signed-in/projects/$project/servers/$server';

export function ServerPage() {
    const { t } = useTranslation();
    const { project, server } = useParams({ from });
    const { tab = 'tools' } = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/servers/$server' });
    const { data, isPending, isError, error, refetch } = useQuery(serverQuery(project, server));
    const { develops } = useAccess(project);
    useDocumentTitle(server, project);
    const choose = (next: string | null) => {
        void navigate({ replace: true, search: next === 'tools' ? {} : { tab: next as ServerTab } });
    };
    return (
        <div style={{ maxWidth: 1180, margin: '0 auto' }}>
            <Breadcrumbs mb={6} fz="sm">
                <Anchor fz="sm" renderRoot={(props) => <Link to="/projects/$project/servers" params={{ project }} {...props} />}>{t('tabs.servers')}</Anchor>
                <Text size="sm">{server}</Text>
            </Breadcrumbs>
            {isPending && <Skeleton h={220} />}
            {isError && <Failure failure={error} what={t('server.failed')} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <>
                    <Head project={project} server={data} develops={develops} />
                    <Tabs value={tab} onChange={choose} keepMounted={false} mt="md">
                        <Tabs.List mb="md">
                            <Tabs.Tab value="tools">{t('server.tools')} <Text span c="dimmed" size="sm">{data.tools_count}</Text></Tabs.Tab>
                            <Tabs.Tab value="definition">{t('server.definition')}</Tabs.Tab>
                            <Tabs.Tab value="process">{t('server.process')}</Tabs.Tab>
                            <Tabs.Tab value="log">{t('server.log')}</Tabs.Tab>
                        </Tabs.List>
                        <Suspense fallback={<Skeleton h={240} />}>
                            <Tabs.Panel value="tools"><ToolList project={project} server={data} develops={develops} /></Tabs.Panel>
                            <Tabs.Panel value="definition"><ServerFacts project={project} server={data} /></Tabs.Panel>
                            <Tabs.Panel value="process"><ServerProcess project={project} server={server} /></Tabs.Panel>
                            <Tabs.Panel value="log"><ServerLog project={project} server={server} /></Tabs.Panel>
                        </Suspense>
                    </Tabs>
                </>
            )}
        </div>
    );
}

function Head({ project, server, develops }: { project: string; server: ServerDetail; develops: boolean }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const [editing, setEditing] = useState<Editing | null>(null);
    const reload = () => Promise.all([
        queries.invalidateQueries({ queryKey: ['server', project, server.name] }),
        queries.invalidateQueries({ queryKey: ['tools', project, server.name] }),
        queries.invalidateQueries({ queryKey: ['process', project, server.name] }),
        forgetServers(queries, project),
    ]);
    const onError = (failure: unknown) => { tellFailure(t('failure.title'), failure); };
    const refresh = useMutation({ mutationFn: () => refreshServer(project, server.id), onSettled: reload, onError });
    const restart = useMutation({
        mutationFn: () => restartServer(project, server.id), onSettled: reload, onError,
        onSuccess: () => { tell(t('server.restarted', { name: server.name })); },
    });
    const toggle = useMutation({ mutationFn: () => toggleServer(project, server.id), onSettled: reload, onError });
    return (
        <>
            <Group justify="space-between" gap="sm">
                <Group gap="sm">
                    <Title order={1}>{server.name}</Title>
                    <ServerStatus status={server.status} />
                </Group>
                {develops && (
                    <Group gap="xs">
                        <Switch checked={server.is_enabled} disabled={toggle.isPending} label={t('server.enabled')} size="sm"
                            onChange={() => { toggle.mutate(); }} mr={6} />
                        <Button variant="default" leftSection={<IconRefresh size={16} />} disabled={!server.is_enabled}
                            loading={refresh.isPending} onClick={() => { refresh.mutate(); }}>{t('action.refresh')}</Button>
                        <Button variant="default" leftSection={<IconPlayerPlay size={16} />} disabled={!server.is_enabled}
                            loading={restart.isPending} onClick={() => { restart.mutate(); }}>{t('server.restart')}</Button>
                        <Button variant="default" leftSection={<IconPencil size={16} />}
                            onClick={() => { setEditing({ kind: 'server', server }); }}>{t('action.edit')}</Button>
                    </Group>
                )}
            </Group>
            {server.description !== '' && <Text size="sm" c="dimmed" mt={4}>{server.description}</Text>}
            {server.last_error !== null && <div style={{ marginTop: 10 }}><Failure failure={new Error(server.last_error)} what={t('server.lastError')} /></div>}
            <ServerEditor project={project} editing={editing} onClose={() => { setEditing(null); void reload(); }} />
        </>
    );
}
