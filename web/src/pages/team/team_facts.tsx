import { Card, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';
import type { Team } from '@/api/types';
import { Moment } from '@/parts/moment';
import { RoleBadge } from '@/parts/role_badge';

export function TeamFacts({ team }: { team: Team }) {
    const { t } = useTranslation();
    return (
        <Card>
            <Title order={2} mb="sm">{t('teams.about')}</Title>
            <Stack gap={8}>
                <Fact name={t('teams.yourRole')}><RoleBadge role={team.user_role} /></Fact>
                <Fact name={t('projects.name')}><span className="mono">{team.slug}</span></Fact>
                <Fact name={t('teams.made')}><Moment at={team.created_at} /></Fact>
                <Fact name={t('teams.changed')}><Moment at={team.updated_at} /></Fact>
            </Stack>
        </Card>
    );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
    return (
        <Group justify="space-between" gap="sm" wrap="nowrap">
            <Text size="sm" c="dimmed">{name}</Text>
            <Text size="sm" component="div" truncate>{children}</Text>
        </Group>
    );
}
