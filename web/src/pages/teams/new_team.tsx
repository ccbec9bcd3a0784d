import { Button, Group, Modal, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { createTeam, teamsQuery } from '@/api/teams';
import { Failure } from '@/parts/failure';

interface Props {
    opened: boolean;
    onClose: () => void;
}

export function NewTeam({ opened, onClose }: Props) {
    const { t } = useTranslation();
    return (
        <Modal opened={opened} onClose={onClose} title={t('teams.new')} closeButtonProps={{ 'aria-label': t('action.close') }}>
            <NewTeamForm onClose={onClose} />
        </Modal>
    );
}

function NewTeamForm({ onClose }: { onClose: () => void }) {
    const { t } = useTranslation();
    const navigate = useNavigate();
    const queries = useQueryClient();
    const form = useForm({
        initialValues: { name: '', description: '' },
        validate: { name: (value) => (value.trim() === '' ? t('form.needed') : null) },
    });
    const create = useMutation({
        mutationFn: createTeam,
        onSuccess: async ({ slug }) => {
            await queries.invalidateQueries({ queryKey: teamsQuery.queryKey, refetchType: 'none' });
            await navigate({ to: '/teams/$team/members', params: { team: slug } });
        },
    });
    return (
        <form onSubmit={form.onSubmit((values) => { create.mutate(values); })}>
            <Stack>
                {create.isError && <Failure failure={create.error} what={t('teams.createFailed')} />}
                <TextInput label={t('form.name')} data-autofocus {...form.getInputProps('name')} />
                <Textarea label={t('form.description')} autosize minRows={2} {...form.getInputProps('description')} />
                <Group justify="flex-end">
                    <Button variant="default" onClick={onClose}>{t('action.cancel')}</Button>
                    <Button type="submit" loading={create.isPending}>{t('teams.create')}</Button>
                </Group>
            </Stack>
        </form>
    );
}
