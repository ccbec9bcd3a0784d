import { Badge, Button, Card, Skeleton, Table, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { workerHistoryQuery } from '@/api/admin';
import type { Answer } from '@/api/types';
import { Failure } from '@/parts/failure';
import { LogLines } from '@/parts/log_lines/log_lines';
import { Moment } from '@/parts/moment';
import { duration } from '@/parts/time_words';
import { lineOrigin } from './line_origin';

type Run = Answer<'/api/workers/history'>[number];

const columns = 7;

/** The last checks of all servers, newest first; `last` is when the newest began. */
export function RunHistory({ last }: { last: string | null }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(workerHistoryQuery(last));
    return (
        <Card>
            <Title order={2} mb="sm">{t('admin.history')}</Title>
            {isPending && <Skeleton h={160} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data?.length === 0 && <Text size="sm" c="dimmed">{t('admin.noRuns')}</Text>}
            {data !== undefined && data.length > 0 && (
                <Table.ScrollContainer minWidth={720} type="native" tabIndex={0}>
                    <Table fz="sm" className="numbers">
                        <Table.Thead><Table.Tr c="dimmed" fz="xs">
                            <Table.Th>{t('logs.time')}</Table.Th><Table.Th>{t('admin.trigger')}</Table.Th><Table.Th>{t('admin.result')}</Table.Th>
                            <Table.Th ta="right">{t('admin.checked')}</Table.Th><Table.Th ta="right">{t('admin.changed')}</Table.Th>
                            <Table.Th ta="right">{t('admin.failures')}</Table.Th><Table.Th ta="right">{t('logs.duration')}</Table.Th>
                        </Table.Tr></Table.Thead>
                        <Table.Tbody>{data.map((run) => <Row key={run.timestamp} run={run} />)}</Table.Tbody>
                    </Table>
                </Table.ScrollContainer>
            )}
        </Card>
    );
}

function Row({ run }: { run: Run }) {
    const { t } = useTranslation();
    const [isOpen, setOpen] = useState(false);
    const triggers: Record<string, string> = { manual: t('admin.byHand'), schedule: t('admin.bySchedule') };
    const hasFailed = run.status !== 'success';
    return (
        <>
            <Table.Tr>
                <Table.Td><Moment at={run.timestamp} /></Table.Td>
                <Table.Td>{triggers[run.trigger] ?? run.trigger}</Table.Td>
                <Table.Td>
                    <Badge color={hasFailed ? 'red' : 'teal'} tt="none">{hasFailed ? t('admin.brokeOff') : t('admin.finished')}</Badge>
                    {run.error !== null && <Text size="xs" c="var(--status-error)">{run.error}</Text>}
                </Table.Td>
                <Table.Td ta="right">{run.checked_count}</Table.Td>
                <Table.Td ta="right">{run.updated_count}</Table.Td>
                <Table.Td ta="right">
                    {run.error_count === 0 ? 0 : (
                        <Button variant="subtle" color="red" size="compact-xs" aria-expanded={isOpen} onClick={() => { setOpen(!isOpen); }}
                            rightSection={isOpen ? <IconChevronDown size={13} /> : <IconChevronRight size={13} />}>
                            {t('admin.failed', { count: run.error_count })}
                        </Button>
                    )}
                </Table.Td>
                <Table.Td ta="right">{duration(run.duration * 1000)}</Table.Td>
            </Table.Tr>
            {isOpen && <Table.Tr><Table.Td colSpan={columns}><RunErrors run={run} /></Table.Td></Table.Tr>}
        </>
    );
}

const slackMs = 1_000;

/** A run counts failures; which servers failed, and why, stands in their logs. */
function RunErrors({ run }: { run: Run }) {
    const { t } = useTranslation();
    const end = new Date(Date.parse(run.timestamp) + run.duration * 1000 + slackMs).toISOString();
    return (
        <LogLines source="everywhere" filter={{ level: ['error'], start_time: run.timestamp, end_time: end }} isLive={false} origin={lineOrigin}
            empty={<Text size="sm" c="dimmed">{t('admin.noRunErrors')}</Text>} />
    );
}
