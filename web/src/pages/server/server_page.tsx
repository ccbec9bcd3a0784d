import { Anchor, Breadcrumbs, Skeleton, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { serverQuery } from '@/api/servers';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { ServerFacts } from './server_facts';
import { ServerHead } from './server_head';
import type { ServerTab } from './server_search';
import { ToolList } from './tool_list';

const ServerProcess = lazy(() => import('./server_process').then((module) => ({ default: module.ServerProcessPanel })));
const SessionList = lazy(() => import('../sessions/session_list').then((module) => ({ default: module.SessionList })));
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
        <div style={{ maxWidth: 1440, margin: '0 auto' }}>
            <Breadcrumbs mb={6} fz="sm">
                <Anchor fz="sm" renderRoot={(props) => <Link to="/projects/$project/servers" params={{ project }} {...props} />}>{t('tabs.servers')}</Anchor>
                <Text size="sm">{server}</Text>
            </Breadcrumbs>
            {isPending && <Skeleton h={220} />}
            {isError && <Failure failure={error} what={t('server.failed')} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <>
                    <ServerHead project={project} server={data} develops={develops} />
                    <Tabs value={tab} onChange={choose} keepMounted={false} mt="md">
                        <Tabs.List mb="md">
                            <Tabs.Tab value="tools">{t('server.tools')} <Text span c="dimmed" size="sm">{data.tools_count}</Text></Tabs.Tab>
                            <Tabs.Tab value="definition">{t('server.definition')}</Tabs.Tab>
                            <Tabs.Tab value="process">{t('server.process')}</Tabs.Tab>
                            <Tabs.Tab value="sessions">{t('tabs.sessions')}</Tabs.Tab>
                            <Tabs.Tab value="log">{t('server.log')}</Tabs.Tab>
                        </Tabs.List>
                        <Suspense fallback={<Skeleton h={240} />}>
                            <Tabs.Panel value="tools"><ToolList project={project} server={data} develops={develops} /></Tabs.Panel>
                            <Tabs.Panel value="definition"><ServerFacts project={project} server={data} /></Tabs.Panel>
                            <Tabs.Panel value="process"><ServerProcess project={project} server={server} /></Tabs.Panel>
                            <Tabs.Panel value="sessions">
                                <SessionList project={project} filter={{ state: 'all', server_id: data.id }} none={t('server.noSessions')} hint={t('server.noSessionsHint')} />
                            </Tabs.Panel>
                            <Tabs.Panel value="log"><ServerLog project={project} server={server} /></Tabs.Panel>
                        </Suspense>
                    </Tabs>
                </>
            )}
        </div>
    );
}
