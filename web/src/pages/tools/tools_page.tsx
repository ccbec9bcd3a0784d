import { Button, Group, SegmentedControl, Select, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconSearch } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { projectToolsQuery, switchTools } from '@/api/tools';
import type { ProjectTool } from '@/api/types';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { tellFailure } from '@/parts/notice';
import { Page } from '@/parts/page';
import { SettledSearch } from '@/parts/settled_search';
import { ToolDrawer } from '../server/tool_drawer';
import { NoTools } from './no_tools';
import { found, linesOf, placeOf } from './tool_lines';
import { ToolTable } from './tool_table';
import type { ToolsSearch } from './tools_search';

const from = '/signed-in/projects/$project/tools';

export function ToolsPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const search = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/tools' });
    const { develops } = useAccess(project);
    const list = useQuery(projectToolsQuery(project));
    const toggle = useSwitch(project);
    useDocumentTitle(t('tabs.tools'), project);

    const go = (change: ToolsSearch, replace = false) => {
        void navigate({ search: (before) => ({ ...before, ...change }), replace, resetScroll: false });
    };
    const tools = useMemo(() => list.data ?? [], [list.data]);
    const shown = useMemo(() => found(tools, search.search ?? '', search.server), [tools, search.search, search.server]);
    const lines = useMemo(() => linesOf(shown, search.by), [shown, search.by]);
    const opened = tools.find((tool) => placeOf(tool) === search.open);
    const servers = [...new Set(tools.map(({ server_name }) => server_name))].sort();
    const enabled = shown.filter(({ is_enabled }) => is_enabled).length;
    return (
        <Page title={t('tabs.tools')} note={tools.length > 0 ? t('server.offered', { enabled, total: shown.length }) : undefined}
            actions={develops && shown.length > 0 && (
                <Button.Group>
                    <Button size="xs" variant="default" disabled={enabled === shown.length || toggle.isPending}
                        onClick={() => { toggle.mutate({ tools: shown, on: true }); }}>{t('tools.shownOn')}</Button>
                    <Button size="xs" variant="default" disabled={enabled === 0 || toggle.isPending}
                        onClick={() => { toggle.mutate({ tools: shown, on: false }); }}>{t('tools.shownOff')}</Button>
                </Button.Group>
            )}>
            <Stack gap="sm">
                {list.isError && <Failure failure={list.error} what={t('server.toolsFailed')} onRetry={() => { void list.refetch(); }} />}
                {list.isPending && [0, 1, 2, 3].map((row) => <Skeleton key={row} h={64} radius="md" />)}
                {list.data?.length === 0 && <NoTools project={project} />}
                {tools.length > 0 && (
                    <Group gap="sm">
                        <SettledSearch value={search.search ?? ''} label={t('server.searchTools')} flex="1 1 220px" maw={320}
                            onValue={(text) => { go({ search: text === '' ? undefined : text }, true); }} />
                        <Select value={search.server ?? null} data={servers} clearable searchable flex="1 1 160px" maw={220}
                            placeholder={t('overview.allServers')} aria-label={t('servers.server')}
                            onChange={(server) => { go({ server: server ?? undefined }); }} />
                        <SegmentedControl size="xs" aria-label={t('tools.order')} value={search.by ?? 'server'}
                            onChange={(by) => { go({ by: by === 'name' ? 'name' : undefined }, true); }}
                            data={[{ value: 'server', label: t('tools.byServer') }, { value: 'name', label: t('tools.byName') }]} />
                    </Group>
                )}
                {lines.length > 0 && (
                    <ToolTable project={project} lines={lines} isGrouped={search.by !== 'name'} develops={develops} busy={toggle.isPending}
                        onOpen={(tool) => { go({ open: placeOf(tool) }); }}
                        onSwitch={(tool) => { toggle.mutate({ tools: [tool], on: !tool.is_enabled }); }} />
                )}
                {tools.length > 0 && shown.length === 0 && (
                    <Empty icon={<IconSearch />} title={t('tools.noMatch')}
                        action={<Button variant="default" onClick={() => { go({ search: undefined, server: undefined }); }}>{t('logs.clear')}</Button>} />
                )}
            </Stack>
            <ToolDrawer project={project} server={{ id: opened?.server_id ?? '', name: opened?.server_name ?? '' }} tool={opened?.name}
                onClose={() => { go({ open: undefined }); }} />
        </Page>
    );
}

function useSwitch(project: string) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    return useMutation({
        mutationFn: ({ tools, on }: { tools: ProjectTool[]; on: boolean }) => switchTools(project, tools, on),
        onSettled: () => Promise.all([projectToolsQuery(project).queryKey, ['tools', project]].map((queryKey) =>
            queries.invalidateQueries({ queryKey }))),
        onError: (failure) => { tellFailure(t('server.switchFailed'), failure); },
    });
}
