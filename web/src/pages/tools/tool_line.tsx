import { ActionIcon, Button, Group, Switch, Text, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconListSearch, IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { toolTarget } from '@/api/favourites';
import type { ProjectTool } from '@/api/types';
import { FavouriteStar } from '@/parts/favourite_star';
import styles from './tools.module.css';

interface Props {
    project: string;
    tool: ProjectTool;
    isServerShown: boolean;
    develops: boolean;
    busy: boolean;
    onOpen: () => void;
    onSwitch: () => void;
}

export function ToolRow({ project, tool, isServerShown, develops, busy, onOpen, onSwitch }: Props) {
    const { t } = useTranslation();
    const { server_id, server_name, name, title, description } = tool;
    const full = `${name} (${server_name})`;
    return (
        <div className={styles.tool}>
            <FavouriteStar project={project} target={toolTarget(server_id, name)} />
            <div className={styles.words}>
                <Group gap={8}>
                    <Text fw={600} size="sm" className="mono">{name}</Text>
                    {title !== '' && title !== name && <Text size="sm">{title}</Text>}
                    {isServerShown && <Text size="xs" c="dimmed">{server_name}</Text>}
                </Group>
                <Text size="sm" c="dimmed" lineClamp={2}>{description}</Text>
            </div>
            <Tooltip label={t('server.inLog')}>
                <ActionIcon variant="subtle" color="gray" aria-label={t('tools.callsNamed', { name: full })} renderRoot={(props) => (
                    <Link to="/projects/$project/logs" params={{ project }}
                        search={{ server_id, tool_name: name, time_range: '24h' }} {...props} />
                )}><IconListSearch size={17} /></ActionIcon>
            </Tooltip>
            <Button size="xs" variant="light" leftSection={<IconPlayerPlay size={14} />} onClick={onOpen}
                aria-label={t('server.tryNamed', { name: full })}>{t('server.try')}</Button>
            {develops && <Switch size="sm" checked={tool.is_enabled} disabled={busy} onChange={onSwitch}
                aria-label={t('server.offerNamed', { name: full })} />}
        </div>
    );
}
