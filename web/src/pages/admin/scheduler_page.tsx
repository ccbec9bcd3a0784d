import { Badge, Button, Card, Group, NumberInput, SimpleGrid, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeWorker, checkNow, startWorker, stopWorker, workerHistoryQuery, workerQuery } from '@/api/admin';
import type { Answer } from '@/api/types';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { tell, tellFailure } from '@/parts/notice';
import { Page } from '@/parts/page';
import { duration } from '@/parts/time_words';

type Status = Answer<'/api/workers/status'>;

export function SchedulerPage() {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const { data, isPending, isError, error, refetch } = useQuery(workerQuery);
    useDocumentTitle(t('admin.scheduler'));
    const checking = data?.checking === true;
    useEffect(() => {
        if (!checking) {
            void queries.invalidateQueries({ queryKey: workerHistoryQuery.queryKey });
        }
    }, [checking, queries]);
    return (
        <Page title={t('admin.scheduler')} note={t('admin.schedulerHint')} width={1080} actions={data !== undefined && <Actions status={data} />}>
            <Stack>
                {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
                {isPending && <Skeleton h={90} />}
                {data !== undefined && (
                    <>
                        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
                            <Tile name={t('servers.status')}><Badge color={data.running ? 'teal' : 'gray'} tt="none">{checking ? t('admin.checking') : data.running ? t('admin.running') : t('admin.stopped')}</Badge></Tile>
                            <Tile name={t('admin.lastRun')}><Moment at={data.last_execution} never={t('servers.never')} /></Tile>
                            <Tile name={t('admin.nextRun')}><Moment at={data.running ? data.jobs[0]?.next_run : null} /></Tile>
                            <Tile name={t('admin.skipped')}>{data.skipped_count}</Tile>
                        </SimpleGrid>
                        <Config key={JSON.stringify(data.config)} config={data.config} />
                    </>
                )}
                <History />
            </Stack>
        </Page>
    );
}

function Tile({ name, children }: { name: string; children: React.ReactNode }) {
    return <Card p="sm"><Text size="xs" c="dimmed">{name}</Text><Text fw={650} component="div" className="numbers" mt={2}>{children}</Text></Card>;
}

function Actions({ status }: { status: Status }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const onSettled = () => queries.invalidateQueries({ queryKey: workerQuery.queryKey });
    const onError = (failure: unknown) => { tellFailure(t('failure.title'), failure); };
    const run = useMutation({ mutationFn: checkNow, onSettled, onError });
    const toggle = useMutation({ mutationFn: status.running ? stopWorker : startWorker, onSettled, onError });
    return (
        <>
            <Button variant="default" loading={toggle.isPending} leftSection={status.running ? <IconPlayerStop size={16} /> : <IconPlayerPlay size={16} />}
                onClick={() => { toggle.mutate(undefined); }}>{status.running ? t('admin.stop') : t('admin.start')}</Button>
            <Button leftSection={<IconRefresh size={16} />} loading={run.isPending || status.checking} onClick={() => { run.mutate(); }}>{t('admin.runNow')}</Button>
        </>
    );
}

function Config({ config }: { config: Status['config'] }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const [interval, setInterval] = useState<string | number>(config.server_check_interval);
    const [workers, setWorkers] = useState<string | number>(config.max_workers);
    const isChanged = Number(interval) !== config.server_check_interval || Number(workers) !== config.max_workers;
    const save = useMutation({
        mutationFn: () => changeWorker({ server_check_interval: Number(interval), max_workers: Number(workers) }),
        onSuccess: () => {
            tell(t('settings.saved'));
            return queries.invalidateQueries({ queryKey: workerQuery.queryKey });
        },
    });
    return (
        <Card component="form" onSubmit={(event: React.FormEvent) => { event.preventDefault(); save.mutate(); }}>
            {save.isError && <div style={{ marginBottom: 12 }}><Failure failure={save.error} what={t('settings.notSaved')} /></div>}
            <Group align="flex-end" gap="md">
                <NumberInput label={t('admin.interval')} suffix=" s" min={60} max={3600} value={interval} onChange={setInterval} w={180} />
                <NumberInput label={t('admin.workers')} min={1} max={64} value={workers} onChange={setWorkers} w={180} />
                <Button type="submit" variant="default" disabled={!isChanged} loading={save.isPending}>{t('action.save')}</Button>
            </Group>
        </Card>
    );
}

const colours: Record<string, string> = { success: 'teal', completed: 'teal', partial: 'orange', error: 'red', failed: 'red' };

function History() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(workerHistoryQuery);
    return (
        <Card>
            <Title order={2} mb="sm">{t('admin.history')}</Title>
            {isPending && <Skeleton h={160} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data?.length === 0 && <Text size="sm" c="dimmed">{t('admin.noRuns')}</Text>}
            {data !== undefined && data.length > 0 && (
                <Table.ScrollContainer minWidth={640} type="native" tabIndex={0}>
                    <Table fz="sm" className="numbers">
                        <Table.Thead><Table.Tr c="dimmed" fz="xs">
                            <Table.Th>{t('logs.time')}</Table.Th><Table.Th>{t('admin.trigger')}</Table.Th><Table.Th>{t('admin.result')}</Table.Th>
                            <Table.Th ta="right">{t('admin.checked')}</Table.Th><Table.Th ta="right">{t('admin.failures')}</Table.Th><Table.Th ta="right">{t('logs.duration')}</Table.Th>
                        </Table.Tr></Table.Thead>
                        <Table.Tbody>
                            {data.map((run) => (
                                <Table.Tr key={run.timestamp}>
                                    <Table.Td><Moment at={run.timestamp} /></Table.Td>
                                    <Table.Td>{run.trigger}</Table.Td>
                                    <Table.Td><Badge color={colours[run.status] ?? 'gray'} tt="none">{run.status}</Badge>{run.error !== null && <Text size="xs" c="dimmed">{run.error}</Text>}</Table.Td>
                                    <Table.Td ta="right">{run.checked_count}</Table.Td>
                                    <Table.Td ta="right" c={run.error_count > 0 ? 'var(--status-error)' : undefined}>{run.error_count}</Table.Td>
                                    <Table.Td ta="right">{duration(run.duration * 1000)}</Table.Td>
                                </Table.Tr>
                            ))}
                        </Table.Tbody>
                    </Table>
                </Table.ScrollContainer>
            )}
        </Card>
    );
}
