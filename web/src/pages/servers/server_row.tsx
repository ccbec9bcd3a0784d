import { ActionIcon, Group, Loader, Menu, Switch, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconDots, IconPencil, IconRefresh, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { forgetServers, noteRefreshed, noteServer, refreshServer, staleServers, toggleServer } from '@/api/servers';
import type { Server } from '@/api/types';
import { FavouriteStar } from '@/parts/favourite_star';
import { Moment } from '@/parts/moment';
import { tellFailure } from '@/parts/notice';
import { ServerStatus } from '@/parts/status_badge';
import { useDeleteServer } from './delete_server';
import { launchWords } from './launch_words';
import { ServerName } from './server_name';
import styles from './server_table.module.css';

interface Props {
    project: string;
    server: Server;
    isWaiting: boolean;
    develops: boolean;
    onEdit: (server: Server) => void;
}

export function ServerRow({ project, server, isWaiting, develops, onEdit }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const refresh = useMutation({
        mutationFn: () => refreshServer(project, server.id),
        onSuccess: (answer) => {
            noteRefreshed(queries, project, answer);
            return staleServers(queries, project);
        },
        onError: (failure) => { tellFailure(t('servers.refreshFailedOne', { name: server.name }), failure); },
    });
    const busy = isWaiting || refresh.isPending;
    return (
        <tr>
            <td className={styles.name}>
                <Group gap={6} wrap="nowrap">
                    <FavouriteStar project={project} target={{ kind: 'server', id: server.id, name: server.name }} />
                    <ServerName project={project} server={server} />
                </Group>
                <Text size="xs" c="dimmed" className="mono" truncate title={launchWords(server)}>{launchWords(server)}</Text>
                {server.last_error !== null && <div className={styles.fault}>{server.last_error}</div>}
            </td>
            <td>{busy ? <Group gap={7} wrap="nowrap"><Loader size={14} aria-hidden="true" /><Text size="xs" c="dimmed">{t('servers.asking')}</Text></Group>
                : <ServerStatus status={server.status} />}</td>
            <td className="numbers"><span className={styles.label}>{t('servers.tools')}</span>{server.tools_count}</td>
            <td className={styles.quiet}>
                <span className={styles.label}>{t('servers.lastChecked')}</span>
                <Moment at={server.last_checked} never={t('servers.never')} />
            </td>
            <td className={styles.quiet}>
                <span className={styles.label}>{t('server.lastConnected')}</span>
                <Moment at={server.last_connected} never={t('servers.never')} />
            </td>
            <td className={styles.quiet}>
                <span className={styles.label}>{t('servers.lastUsed')}</span>
                <Moment at={server.last_used_at} never={t('servers.never')} />
            </td>
            <td className={styles.actions}>
                {develops && (
                    <Group gap={6} wrap="nowrap" justify="flex-end">
                        <Tooltip label={t('servers.refreshOne')}>
                            <ActionIcon variant="subtle" color="gray" disabled={busy || !server.is_enabled}
                                aria-label={t('servers.refreshNamed', { name: server.name })}
                                onClick={() => { refresh.mutate(); }}>
                                <IconRefresh size={17} />
                            </ActionIcon>
                        </Tooltip>
                        <EnabledSwitch project={project} server={server} />
                        <RowMenu project={project} server={server} onEdit={onEdit} />
                    </Group>
                )}
            </td>
        </tr>
    );
}

function EnabledSwitch({ project, server }: { project: string; server: Server }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const toggle = useMutation({
        mutationFn: () => toggleServer(project, server.id),
        onSuccess: ({ is_enabled }) => {
            noteServer(queries, project, server.id, { is_enabled });
            return forgetServers(queries, project);
        },
        onError: (failure) => { tellFailure(t('servers.toggleFailed', { name: server.name }), failure); },
    });
    return (
        <Switch size="sm" checked={toggle.isPending ? !server.is_enabled : server.is_enabled} disabled={toggle.isPending}
            aria-label={t('servers.enabledNamed', { name: server.name })} onChange={() => { toggle.mutate(); }} />
    );
}

function RowMenu({ project, server, onEdit }: Pick<Props, 'project' | 'server' | 'onEdit'>) {
    const { t } = useTranslation();
    const remove = useDeleteServer(project, server);
    return (
        <Menu position="bottom-end" shadow="md">
            <Menu.Target>
                <ActionIcon variant="subtle" color="gray" aria-label={t('servers.menuNamed', { name: server.name })}>
                    <IconDots size={17} />
                </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
                <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => { onEdit(server); }}>{t('action.edit')}</Menu.Item>
                <Menu.Item leftSection={<IconTrash size={16} />} color="red" onClick={remove.ask}>{t('action.delete')}</Menu.Item>
            </Menu.Dropdown>
        </Menu>
    );
}
