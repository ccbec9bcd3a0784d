import { Anchor, Badge, Button, Group, Skeleton, Table, Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconPlugConnected } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { sessionsQuery, type SessionFilter } from '@/api/sessions';
import type { ClientSession } from '@/api/types';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { TableCard } from '@/parts/table_card';
import { useCallerName } from '../logs/caller_name';

interface Props {
    project: string;
    filter: SessionFilter;
    /** What is said when there are none. */
    none: string;
    hint: string;
}

/** Client sessions, newest first, with what they did. */
export function SessionList({ project, filter, none, hint }: Props) {
    const { t } = useTranslation();
    const list = useInfiniteQuery(sessionsQuery(project, filter));
    const sessions = list.data?.pages.flatMap((page) => page.sessions) ?? [];
    return (
        <>
            {list.isError && <Failure failure={list.error} what={t('sessions.failed')} onRetry={() => { void list.refetch(); }} />}
            {list.isPending && <Skeleton h={240} />}
            {list.isSuccess && sessions.length === 0 && <Empty icon={<IconPlugConnected />} title={none}>{hint}</Empty>}
            {sessions.length > 0 && (
                <TableCard minWidth={840} isOfNumbers head={(
                    <>
                        <Table.Th>{t('logs.client')}</Table.Th><Table.Th>{t('logs.server')}</Table.Th>
                        <Table.Th>{t('logs.caller')}</Table.Th><Table.Th ta="right">{t('metrics.total')}</Table.Th>
                        <Table.Th ta="right">{t('sessions.failedCalls')}</Table.Th><Table.Th>{t('sessions.connected')}</Table.Th>
                        <Table.Th>{filter.state === 'ended' ? t('sessions.ended') : t('sessions.lastActivity')}</Table.Th>
                    </>
                )}>{sessions.map((session) => <Row key={session.id} project={project} session={session} />)}</TableCard>
            )}
            {list.hasNextPage && (
                <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage(); }}>{t('action.more')}</Button></Group>
            )}
        </>
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
