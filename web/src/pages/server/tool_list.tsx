import { Anchor, Badge, Button, Card, Group, Skeleton, Stack, Switch, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { IconPlayerPlay, IconSearch, IconTool } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toolTarget } from '@/api/favourites';
import { projectToolsQuery, switchTools, toolsQuery } from '@/api/tools';
import type { ServerDetail, Tool } from '@/api/types';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { FavouriteStar } from '@/parts/favourite_star';
import { tellFailure } from '@/parts/notice';
import { named } from '@/parts/search_words';
import { describe } from './tool_definition';
import { ToolDrawer } from './tool_drawer';

/** Longer lists are for the page of all tools, which draws what is in sight. */
const drawnMax = 200;

const from = '/signed-in/projects/$project/servers/$server';

interface Props {
    project: string;
    server: ServerDetail;
    develops: boolean;
}

export function ToolList({ project, server, develops }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const [search, setSearch] = useState('');
    const { tool: shown } = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/servers/$server' });
    const show = (tool: string | undefined) => { void navigate({ search: (before) => ({ ...before, tool }), resetScroll: false }); };
    const query = toolsQuery(project, server.name);
    const { data, isPending, isError, error, refetch } = useQuery(query);
    const toggle = useMutation({
        mutationFn: ({ names, on }: { names: string[]; on: boolean }) => switchTools(project, names.map((name) => ({ server_id: server.id, name })), on),
        onSettled: () => Promise.all([query.queryKey, projectToolsQuery(project).queryKey].map((queryKey) =>
            queries.invalidateQueries({ queryKey }))),
        onError: (failure) => { tellFailure(t('server.switchFailed'), failure); },
    });
    if (isPending) {
        return <Stack>{[0, 1, 2].map((row) => <Skeleton key={row} h={64} />)}</Stack>;
    }
    if (isError) {
        return <Failure failure={error} what={t('server.toolsFailed')} onRetry={() => { void refetch(); }} />;
    }
    if (data.length === 0) {
        return <Empty icon={<IconTool />} title={t('server.noTools')}>{t('server.noToolsHint')}</Empty>;
    }
    const found = data.filter((tool) => named(search, tool.name, describe(tool.definition).description));
    const enabled = data.filter((tool) => tool.is_enabled).length;
    const all = data.map(({ name }) => name);
    return (
        <Stack gap="sm">
            <Group justify="space-between">
                <Group gap="sm">
                    <TextInput value={search} onChange={(event) => { setSearch(event.currentTarget.value); }} w={240}
                        leftSection={<IconSearch size={16} />} placeholder={t('server.searchTools')} aria-label={t('server.searchTools')} />
                    <Text size="sm" c="dimmed" className="numbers">{t('server.offered', { enabled, total: data.length })}</Text>
                </Group>
                {develops && (
                    <Button.Group>
                        <Button size="xs" variant="default" disabled={enabled === data.length || toggle.isPending}
                            onClick={() => { toggle.mutate({ names: all, on: true }); }}>{t('server.allOn')}</Button>
                        <Button size="xs" variant="default" disabled={enabled === 0 || toggle.isPending}
                            onClick={() => { toggle.mutate({ names: all, on: false }); }}>{t('server.allOff')}</Button>
                    </Button.Group>
                )}
            </Group>
            <Card p={0}>
                {found.slice(0, drawnMax).map((tool, at) => (
                    <ToolRow key={tool.name} tool={tool} first={at === 0} develops={develops} busy={toggle.isPending}
                        project={project} server={server.id}
                        onShow={() => { show(tool.name); }}
                        onSwitch={() => { toggle.mutate({ names: [tool.name], on: !tool.is_enabled }); }} />
                ))}
                {found.length > drawnMax && (
                    <Anchor size="sm" display="block" p="md" renderRoot={(props) => (
                        <Link to="/projects/$project/tools" params={{ project }} search={{ server: server.name }} {...props} />
                    )}>{t('server.moreTools', { count: found.length - drawnMax })}</Anchor>
                )}
                {found.length === 0 && <Empty icon={<IconSearch />} title={t('server.noToolMatches', { search })} />}
            </Card>
            <ToolDrawer project={project} server={server} tool={shown} onClose={() => { show(undefined); }} />
        </Stack>
    );
}

function ToolRow({ project, server, tool, first, develops, busy, onShow, onSwitch }: {
    project: string; server: string; tool: Tool; first: boolean; develops: boolean; busy: boolean; onShow: () => void; onSwitch: () => void;
}) {
    const { t } = useTranslation();
    const { description, hints } = describe(tool.definition);
    return (
        <Group wrap="nowrap" gap="md" px="md" py="sm" align="center" style={first ? undefined : { borderTop: '1px solid var(--line)' }}>
            <FavouriteStar project={project} target={toolTarget(server, tool.name)} />
            <div style={{ minWidth: 0, flex: 1 }}>
                <Group gap={8}>
                    <Text fw={600} size="sm" className="mono">{tool.name}</Text>
                    {hints.map((hint) => <Badge key={hint} size="xs" color={hint === 'destructive' ? 'orange' : 'gray'} tt="none">{t(`server.hint.${hint}`)}</Badge>)}
                </Group>
                <Text size="sm" c="dimmed" lineClamp={2}>{description}</Text>
            </div>
            <Button size="xs" variant="light" leftSection={<IconPlayerPlay size={14} />} onClick={onShow}
                aria-label={t('server.tryNamed', { name: tool.name })}>{t('server.try')}</Button>
            {develops && <Switch size="sm" checked={tool.is_enabled} disabled={busy} onChange={onSwitch} aria-label={t('server.offerNamed', { name: tool.name })} />}
        </Group>
    );
}
