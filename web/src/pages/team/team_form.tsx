import { Button, Card, Group, Stack, Textarea, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeTeam, teamQuery, teamsQuery } from '@/api/teams';
import type { Team } from '@/api/types';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';

export function TeamForm({ team, owns }: { team: Team; owns: boolean }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const form = useForm({
        initialValues: { name: team.name, description: team.description },
        validate: { name: (value) => (value.trim() === '' ? t('form.needed') : null) },
    });
    const save = useMutation({
        mutationFn: (values: typeof form.values) => changeTeam(team.slug, values),
        onSuccess: (changed) => {
            queries.setQueryData(teamQuery(team.slug).queryKey, changed);
            void queries.invalidateQueries({ queryKey: teamsQuery.queryKey, refetchType: 'none' });
            form.resetDirty();
            tell(t('settings.saved'));
        },
    });
    return (
        <Card component="form" onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
            <Stack>
                <Title order={2}>{t('settings.general')}</Title>
                {save.isError && <Failure failure={save.error} what={t('settings.notSaved')} />}
                <TextInput label={t('form.name')} readOnly={!owns} {...form.getInputProps('name')} />
                <TextInput label={t('projects.name')} value={team.slug} readOnly variant="filled" description={t('teams.slugHint')} />
                <Textarea label={t('form.description')} autosize minRows={2} readOnly={!owns} {...form.getInputProps('description')} />
                {owns && <Group justify="flex-end"><Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>{t('action.save')}</Button></Group>}
            </Stack>
        </Card>
    );
}
