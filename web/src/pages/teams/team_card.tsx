import { Card, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Team } from '@/api/types';
import { Moment } from '@/parts/moment';
import { RoleBadge } from '@/parts/role_badge';
import styles from '../projects/project_card.module.css';

export function TeamCard({ team }: { team: Team }) {
    const { t } = useTranslation();
    return (
        <Card className={styles.card} renderRoot={(props) => (
            <Link to="/teams/$team/overview" params={{ team: team.slug }} {...props} />
        )}>
            <Group justify="space-between" wrap="nowrap" align="flex-start">
                <div style={{ minWidth: 0 }}>
                    <Text fw={600} size="lg" truncate>{team.name}</Text>
                    <Text size="xs" c="dimmed" className="mono" truncate>{team.slug}</Text>
                </div>
                <RoleBadge role={team.user_role} />
            </Group>
            <Text size="sm" c="dimmed" lineClamp={2} mt="xs" mih={40}>
                {team.description === '' ? t('projects.noDescription') : team.description}
            </Text>
            <Group gap="md" mt="sm" c="dimmed" fz="xs" className="numbers">
                <Group gap={5}><IconUsers size={15} />{t('projects.members', { count: team.member_count })}</Group>
                <Text size="xs" ml="auto" span><Moment at={team.created_at} /></Text>
            </Group>
        </Card>
    );
}
