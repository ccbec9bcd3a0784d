import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { ProjectTool } from '@/api/types';
import { ServerStatus } from '@/parts/status_badge';
import styles from './tools.module.css';

interface Props {
    project: string;
    name: string;
    /** Those that are shown; each tells of its server. */
    tools: ProjectTool[];
}

export function ServerLine({ project, name, tools }: Props) {
    const { t } = useTranslation();
    return (
        <div className={styles.server}>
            <Anchor fw={600} size="sm" c="inherit" renderRoot={(props) => (
                <Link to="/projects/$project/servers/$server" params={{ project, server: name }} {...props} />
            )}>{name}</Anchor>
            <ServerStatus status={tools[0]?.server_status ?? 'unknown'} />
            <Text size="xs" c="dimmed" className="numbers" ml="auto">
                {t('server.offered', { enabled: tools.filter(({ is_enabled }) => is_enabled).length, total: tools.length })}
            </Text>
        </div>
    );
}
