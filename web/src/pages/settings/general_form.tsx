import { Button, Card, Group, Select, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { changeProject, projectQuery, projectsQuery } from '@/api/projects';
import { RequestFailure } from '@/api/problem';
import type { ProjectDetail } from '@/api/types';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';

const retentions = [7, 30, 90, 365];

export function GeneralForm({ project, owns }: { project: ProjectDetail; owns: boolean }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const navigate = useNavigate();
    const form = useForm({
        initialValues: {
            display_name: project.display_name, name: project.name, description: project.description,
            retention_days: String(project.retention_days),
        },
        validate: {
            display_name: (value) => (value.trim() === '' ? t('form.needed') : null),
            name: (value) => (/^[a-z0-9-]{1,63}$/.test(value) ? null : t('projects.nameRule')),
        },
    });
    const save = useMutation({
        mutationFn: ({ retention_days, ...rest }: typeof form.values) =>
            changeProject(project.name, { ...rest, retention_days: Number(retention_days) }),
        onSuccess: async (changed) => {
            queries.setQueryData(projectQuery(changed.name).queryKey, { ...project, ...changed });
            void queries.invalidateQueries({ queryKey: projectsQuery.queryKey, refetchType: 'none' });
            form.resetDirty();
            tell(t('settings.saved'));
            if (changed.name !== project.name) {
                await navigate({ to: '/projects/$project/settings', params: { project: changed.name }, replace: true });
            }
        },
        onError: (failure) => {
            if (failure instanceof RequestFailure) {
                form.setErrors(failure.fields);
            }
        },
    });
    return (
        <Card component="form" onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
            <Stack>
                <Title order={2}>{t('settings.general')}</Title>
                {save.isError && <Failure failure={save.error} what={t('settings.notSaved')} />}
                <TextInput label={t('projects.displayName')} readOnly={!owns} {...form.getInputProps('display_name')} />
                <TextInput label={t('projects.name')} description={t('settings.renameHint')} classNames={{ input: 'mono' }} readOnly={!owns} {...form.getInputProps('name')} />
                <Textarea label={t('form.description')} autosize minRows={2} readOnly={!owns} {...form.getInputProps('description')} />
                <Select label={t('settings.retention')} description={t('settings.retentionHint')} allowDeselect={false} disabled={!owns}
                    data={retentions.map((days) => ({ value: String(days), label: t('settings.days', { count: days }) }))}
                    {...form.getInputProps('retention_days')} />
                {owns && <Group justify="flex-end"><Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>{t('action.save')}</Button></Group>}
            </Stack>
        </Card>
    );
}
