import { Card, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconServer2, IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Project } from '@/api/types';
import { RoleBadge } from '@/parts/role_badge';
import styles from './project_card.module.css';

export function ProjectCard({ project }: { project: Project }) {
    const { t } = useTranslation();
    return (
        <Card className={styles.card} renderRoot={(props) => (
            <Link to="/projects/$project/overview" params={{ project: project.name }} {...props} />
        )}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div style={{ minWidth: 0 }}>
                    <Text fw={600} size="lg" truncate>{project.display_name}</Text>
                    <Text size="xs" c="dimmed" className="mono" truncate>{project.name}</Text>
                </div>
                <RoleBadge role={project.user_role} />
            </Group>
            <Text size="sm" c="dimmed" lineClamp={2} mt="xs" mih={40}>
                {project.description === '' ? t('projects.noDescription') : project.description}
            </Text>
            <Group gap="md" mt="sm" c="dimmed" fz="xs" className="numbers">
                <Group gap={5}><IconServer2 size={15} />{t('projects.servers', { count: project.server_count })}</Group>
                <Group gap={5}><IconUsers size={15} />{t('projects.members', { count: project.member_count })}</Group>
            </Group>
        </Card>
    );
}
