import { Anchor, Badge, Button, Card, Group, SegmentedControl, Skeleton, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sessionsQuery, type SessionState } from '@/api/sessions';
import type { ClientSession } from '@/api/types';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { Page } from '@/parts/page';
import { useCallerName } from '../logs/caller_name';

const from = '/signed-in/projects/$project/sessions';

export function SessionsPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const { state = 'live' } = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/sessions' });
    const list = useInfiniteQuery(sessionsQuery(project, state));
    useDocumentTitle(t('tabs.sessions'), project);
    const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? [];
    return (
        <Page title={t('tabs.sessions')} note={state === 'live' ? t('sessions.refreshes') : undefined} actions={(
            <SegmentedControl aria-label={t('sessions.which')} value={state}
                onChange={(next) => { void navigate({ search: next === 'live' ? {} : { state: next as SessionState } }); }}
                data={[{ value: 'live', label: t('sessions.live') }, { value: 'ended', label: t('sessions.past') }]} />
        )}>
            {list.isError && <Failure failure={list.error} what={t('sessions.failed')} onRetry={() => { void list.refetch(); }} />}
            {list.isPending && <Skeleton h={240} />}
            {list.isSuccess && sessions.length === 0
                && <Empty icon={<IconPlugConnected />} title={state === 'live' ? t('sessions.noneLive') : t('sessions.nonePast')}>{t('sessions.noneHint')}</Empty>}
            {sessions.length > 0 && (
                <Card p={0}>
                    <Table.ScrollContainer minWidth={840} type="native" tabIndex={0}>
                        <Table fz="sm" horizontalSpacing="md" className="numbers">
                            <Table.Thead>
                                <Table.Tr c="dimmed" fz="xs">
                                    <Table.Th>{t('logs.client')}</Table.Th><Table.Th>{t('logs.server')}</Table.Th>
                                    <Table.Th>{t('logs.caller')}</Table.Th><Table.Th ta="right">{t('metrics.total')}</Table.Th>
                                    <Table.Th ta="right">{t('sessions.failedCalls')}</Table.Th><Table.Th>{t('sessions.connected')}</Table.Th>
                                    <Table.Th>{state === 'live' ? t('sessions.lastActivity') : t('sessions.ended')}</Table.Th>
                                </Table.Tr>
                            </Table.Thead>
                            <Table.Tbody>{sessions.map((session) => <Row key={session.id} project={project} session={session} />)}</Table.Tbody>
                        </Table>
                    </Table.ScrollContainer>
                </Card>
            )}
            {list.hasNextPage && (
                <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage(); }}>{t('action.more')}</Button></Group>
            )}
        </Page>
    );
}

function Row({ project, session }: { project: string; session: ClientSession }) {
    const { t } = useTranslation();
    const callerName = useCallerName();
    const name = session.client_name === '' ? session.client_type : session.client_name;
    return (
        <Table.Tr>
            <Table.Td>
                <Group gap={8} wrap="nowrap">
                    <Text size="sm" fw={600}>{name === 'unknown' ? t('logs.unknownClient') : name}</Text>
                    <Text size="xs" c="dimmed">{session.client_version}</Text>
                    {session.is_active && <Badge color="teal" size="sm" tt="none">{t('sessions.live')}</Badge>}
                </Group>
                <Text size="xs" c="dimmed">{session.ip_address} · MCP {session.protocol_version}</Text>
            </Table.Td>
            <Table.Td>{session.server_name ?? t('overview.allServers')}<Text size="xs" c="dimmed">{session.entry_path.endsWith('sse') ? 'SSE' : 'HTTP'}</Text></Table.Td>
            <Table.Td title={session.principal}>{callerName(session.principal, session.principal_name)}</Table.Td>
            <Table.Td ta="right">
                <Anchor size="sm" renderRoot={(props) => (
                    <Link to="/projects/$project/logs" params={{ project }} search={{ session_id: session.id, time_range: '7d' }} {...props} />
                )}>{session.total_calls}</Anchor>
            </Table.Td>
            <Table.Td ta="right" c={session.failed_calls > 0 ? 'var(--status-error)' : undefined}>{session.failed_calls}</Table.Td>
            <Table.Td><Moment at={session.connected_at} /></Table.Td>
            <Table.Td><Moment at={session.is_active ? session.last_activity : session.disconnected_at} /></Table.Td>
        </Table.Tr>
    );
}
