import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createProject, projectsQuery } from '@/api/projects';
import { RequestFailure } from '@/api/problem';
import { Failure } from '@/parts/failure';
import { slug } from './slug';

interface Props {
    opened: boolean;
    onClose: () => void;
}

export function NewProject({ opened, onClose }: Props) {
    const { t } = useTranslation();
    return (
        <Modal opened={opened} onClose={onClose} title={t('projects.new')}
            closeButtonProps={{ 'aria-label': t('action.close') }}>
            <NewProjectForm onClose={onClose} />
        </Modal>
    );
}

function NewProjectForm({ onClose }: { onClose: () => void }) {
    const { t } = useTranslation();
    const navigate = useNavigate();
    const queries = useQueryClient();
    const form = useForm({
        initialValues: { display_name: '', name: '', description: '' },
        validate: {
            display_name: (value) => (value.trim() === '' ? t('form.needed') : null),
            name: (value) => (/^[a-z0-9-]{1,63}$/.test(value) ? null : t('projects.nameRule')),
        },
    });
    const create = useMutation({
        mutationFn: createProject,
        onSuccess: async (project) => {
            await queries.invalidateQueries({ queryKey: projectsQuery.queryKey, refetchType: 'none' });
            await navigate({ to: '/projects/$project/servers', params: { project: project.name } });
        },
        onError: (failure) => {
            if (failure instanceof RequestFailure) {
                form.setErrors(failure.fields);
            }
        },
    });
    const rename = (display_name: string) => {
        const follows = !form.isDirty('name') || form.values.name === slug(form.values.display_name);
        form.setValues({ display_name, ...(follows ? { name: slug(display_name) } : {}) });
    };
    return (
        <form onSubmit={form.onSubmit((values) => { create.mutate(values); })}>
            <Stack>
                {create.isError && <Failure failure={create.error} what={t('projects.createFailed')} />}
                <TextInput label={t('projects.displayName')} data-autofocus {...form.getInputProps('display_name')}
                    onChange={(event) => { rename(event.currentTarget.value); }} />
                <TextInput label={t('projects.name')} description={t('projects.nameHint')} classNames={{ input: 'mono' }}
                    {...form.getInputProps('name')} />
                <Textarea label={t('form.description')} autosize minRows={2} {...form.getInputProps('description')} />
                <Group justify="flex-end">
                    <Button variant="default" onClick={onClose}>{t('action.cancel')}</Button>
                    <Button type="submit" loading={create.isPending}>{t('projects.create')}</Button>
                </Group>
            </Stack>
        </form>
    );
}
