import { Button, Card, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { deleteProject, leaveProject, projectsQuery } from '@/api/projects';
import type { ProjectDetail } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { Failure } from '@/parts/failure';
import { tell, tellFailure } from '@/parts/notice';

export function DangerZone({ project, owns }: { project: ProjectDetail; owns: boolean }) {
    const { t } = useTranslation();
    const [deleting, setDeleting] = useState(false);
    const isMember = project.members.some((member) => member.is_current_user);
    if (!owns && !isMember) {
        return null;
    }
    return (
        <Card style={{ borderColor: 'color-mix(in srgb, var(--status-error) 45%, transparent)' }}>
            <Title order={2} mb="sm">{t('settings.danger')}</Title>
            <Stack gap="sm">
                {isMember && <Leave project={project} />}
                {owns && (
                    <Group justify="space-between">
                        <Text size="sm" maw={440}>{t('settings.deleteHint')}</Text>
                        <Button color="red" variant="light" onClick={() => { setDeleting(true); }}>{t('settings.delete')}</Button>
                    </Group>
                )}
            </Stack>
            <Modal opened={deleting} onClose={() => { setDeleting(false); }} title={t('settings.deleteTitle', { name: project.display_name })}
                closeButtonProps={{ 'aria-label': t('action.close') }}>
                <DeleteForm name={project.name} />
            </Modal>
        </Card>
    );
}

function Leave({ project }: { project: ProjectDetail }) {
    const { t } = useTranslation();
    const navigate = useNavigate();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const leave = useMutation({
        mutationFn: () => leaveProject(project.name),
        onSuccess: async () => {
            queries.removeQueries({ queryKey: projectsQuery.queryKey });
            await navigate({ to: '/projects' });
        },
        onError: (failure) => { tellFailure(t('settings.notLeft'), failure); },
    });
    return (
        <Group justify="space-between">
            <Text size="sm" maw={440}>{t('settings.leaveHint')}</Text>
            <Button color="red" variant="default" loading={leave.isPending} onClick={() => { confirm({
                title: t('settings.leaveTitle', { name: project.display_name }), detail: t('settings.leaveHint'),
                action: t('settings.leave'), onYes: () => { leave.mutate(); },
            }); }}>{t('settings.leave')}</Button>
        </Group>
    );
}

function DeleteForm({ name }: { name: string }) {
    const { t } = useTranslation();
    const navigate = useNavigate();
    const queries = useQueryClient();
    const [typed, setTyped] = useState('');
    const remove = useMutation({
        mutationFn: () => deleteProject(name),
        onSuccess: async () => {
            tell(t('settings.deleted', { name }));
            await navigate({ to: '/projects' });
            queries.removeQueries({ queryKey: ['project', name] });
            await queries.invalidateQueries({ queryKey: projectsQuery.queryKey });
        },
    });
    return (
        <form onSubmit={(event) => { event.preventDefault(); remove.mutate(); }}>
            <Stack>
                {remove.isError && <Failure failure={remove.error} what={t('settings.notDeleted')} />}
                <Text size="sm">{t('settings.deleteDetail')}</Text>
                <TextInput label={t('settings.typeName', { name })} value={typed} autoComplete="off" data-autofocus
                    onChange={(event) => { setTyped(event.currentTarget.value); }} />
                <Group justify="flex-end"><Button type="submit" color="red" disabled={typed !== name} loading={remove.isPending}>{t('settings.delete')}</Button></Group>
            </Stack>
        </form>
    );
}
