import { Button, Card, Group, NumberInput, Stack, Switch } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeWorker, workerQuery } from '@/api/admin';
import type { Answer } from '@/api/types';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';

const interval = { least: 60, most: 3600 };
const workers = { least: 1, most: 10 };

/** How often all servers are checked, and how many at a time. */
export function ScheduleForm({ config }: { config: Answer<'/api/workers/status'>['config'] }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const within = ({ least, most }: typeof interval) => (value: number | string) =>
        (typeof value === 'number' && value >= least && value <= most ? null : t('form.between', { least, most }));
    const form = useForm({
        initialValues: {
            server_check_interval: config.server_check_interval, max_workers: config.max_workers, coalesce: config.coalesce,
        },
        validate: { server_check_interval: within(interval), max_workers: within(workers) },
    });
    const save = useMutation({
        mutationFn: changeWorker,
        onSuccess: () => {
            tell(t('settings.saved'));
            return queries.invalidateQueries({ queryKey: workerQuery.queryKey });
        },
    });
    return (
        <Card component="form" noValidate onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
            <Stack gap="sm">
                {save.isError && <Failure failure={save.error} what={t('settings.notSaved')} />}
                <Group align="flex-start" gap="md">
                    <NumberInput label={t('admin.interval')} suffix=" s" min={interval.least} max={interval.most} clampBehavior="none"
                        w={180} {...form.getInputProps('server_check_interval')} />
                    <NumberInput label={t('admin.workers')} min={workers.least} max={workers.most} clampBehavior="none" w={180} {...form.getInputProps('max_workers')} />
                    <Switch label={t('admin.coalesce')} description={t('admin.coalesceHint')} mt={{ base: 0, sm: 26 }} {...form.getInputProps('coalesce', { type: 'checkbox' })} />
                    <Button type="submit" variant="default" mt={{ base: 0, sm: 22 }} ml="auto" disabled={!form.isDirty()} loading={save.isPending}>{t('action.save')}</Button>
                </Group>
            </Stack>
        </Card>
    );
}
