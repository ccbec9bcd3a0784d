import { Badge, Button, SimpleGrid, Skeleton, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { checkNow, startWorker, stopWorker, workerQuery } from '@/api/admin';
import type { Answer } from '@/api/types';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { tellFailure } from '@/parts/notice';
import { Page } from '@/parts/page';
import { RunHistory } from './run_history';
import { ScheduleForm } from './schedule_form';
import { Tile } from './tile';

type Status = Answer<'/api/workers/status'>;

export function SchedulerPage() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(workerQuery);
    useDocumentTitle(t('admin.scheduler'));
    return (
        <Page title={t('admin.scheduler')} note={t('admin.schedulerHint')} actions={data !== undefined && <Actions status={data} />}>
            <Stack>
                {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
                {isPending && <Skeleton h={90} />}
                {data !== undefined && (
                    <>
                        <SimpleGrid cols={{ base: 2, sm: 4 }} spacing="sm">
                            <Tile name={t('servers.status')} value={<Badge color={data.running ? 'teal' : 'gray'} tt="none" role="status">
                                {data.checking ? t('admin.checking') : data.running ? t('admin.running') : t('admin.stopped')}
                            </Badge>} />
                            <Tile name={t('admin.lastRun')} value={<Moment at={data.last_execution} never={t('servers.never')} />} />
                            <Tile name={t('admin.nextRun')} value={<Moment at={data.jobs[0]?.next_run} />} />
                            <Tile name={t('admin.skipped')} value={data.skipped_count} />
                        </SimpleGrid>
                        <ScheduleForm key={JSON.stringify(data.config)} config={data.config} />
                        <RunHistory last={data.last_execution} />
                    </>
                )}
            </Stack>
        </Page>
    );
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
