import { Box, Button, Group, Switch, Text, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconPencil, IconPlayerPlay, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { forgetServers, refreshServer, restartServer, toggleServer } from '@/api/servers';
import type { ServerDetail } from '@/api/types';
import { Failure } from '@/parts/failure';
import { FavouriteStar } from '@/parts/favourite_star';
import { tell, tellFailure } from '@/parts/notice';
import { ServerStatus } from '@/parts/status_badge';
import { useDeleteServer } from '../servers/delete_server';
import { ServerEditor, type Editing } from '../servers/server_editor';

interface Props {
    project: string;
    server: ServerDetail;
    develops: boolean;
}

/** What a server is called, how it is, and what can be done with it. */
export function ServerHead({ project, server, develops }: Props) {
    return (
        <>
            <Group justify="space-between" gap="sm">
                <Group gap="sm">
                    <Title order={1}>{server.name}</Title>
                    <FavouriteStar project={project} target={{ kind: 'server', id: server.id, name: server.name }} />
                    <ServerStatus status={server.status} />
                </Group>
                {develops && <Actions project={project} server={server} />}
            </Group>
            {server.description !== '' && <Text size="sm" c="dimmed" mt={4}>{server.description}</Text>}
            {server.last_error !== null && <LastError words={server.last_error} />}
        </>
    );
}

function LastError({ words }: { words: string }) {
    const { t } = useTranslation();
    return <Box mt={10}><Failure failure={new Error(words)} what={t('server.lastError')} /></Box>;
}

function Actions({ project, server }: Omit<Props, 'develops'>) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const navigate = useNavigate();
    const [editing, setEditing] = useState<Editing | null>(null);
    const reload = () => Promise.all([
        ...['server', 'tools', 'process'].map((kind) => queries.invalidateQueries({ queryKey: [kind, project, server.name] })),
        forgetServers(queries, project),
    ]);
    const onError = (failure: unknown) => { tellFailure(t('failure.title'), failure); };
    const refresh = useMutation({ mutationFn: () => refreshServer(project, server.id), onSettled: reload, onError });
    const restart = useMutation({
        mutationFn: () => restartServer(project, server.id), onSettled: reload, onError,
        onSuccess: () => { tell(t('server.restarted', { name: server.name })); },
    });
    const toggle = useMutation({ mutationFn: () => toggleServer(project, server.id), onSettled: reload, onError });
    const remove = useDeleteServer(project, server, () => {
        void navigate({ to: '/projects/$project/servers', params: { project } });
    });
    const saved = (name: string) => {
        if (name === server.name) {
            void reload();
        } else {
            void navigate({ to: '/projects/$project/servers/$server', params: { project, server: name }, replace: true });
        }
    };
    return (
        <Group gap="xs">
            <Switch checked={server.is_enabled} disabled={toggle.isPending} label={t('server.enabled')} size="sm"
                onChange={() => { toggle.mutate(); }} mr={6} />
            <Button variant="default" leftSection={<IconRefresh size={16} />} disabled={!server.is_enabled}
                loading={refresh.isPending} onClick={() => { refresh.mutate(); }}>{t('action.refresh')}</Button>
            <Button variant="default" leftSection={<IconPlayerPlay size={16} />} disabled={!server.is_enabled}
                loading={restart.isPending} onClick={() => { restart.mutate(); }}>{t('server.restart')}</Button>
            <Button variant="default" leftSection={<IconPencil size={16} />}
                onClick={() => { setEditing({ kind: 'server', server }); }}>{t('action.edit')}</Button>
            <Button variant="light" color="red" leftSection={<IconTrash size={16} />} loading={remove.isPending}
                onClick={remove.ask}>{t('action.delete')}</Button>
            <ServerEditor project={project} editing={editing} onClose={() => { setEditing(null); }} onSaved={saved} />
        </Group>
    );
}
