import { Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityEvent } from '@/api/types';
import { ActivityLine } from './activity_line';

interface Props {
    /** The newest first; absent while they are loaded. */
    events: ActivityEvent[] | undefined;
    noneHint: string;
    more?: ReactNode;
}

const shownMax = 6;

export function RecentActivity({ events, noneHint, more }: Props) {
    const { t } = useTranslation();
    return (
        <Card>
            <Group justify="space-between" mb="sm"><Title order={2}>{t('overview.activity')}</Title>{more}</Group>
            <Stack gap="sm">
                {events === undefined && <Skeleton h={140} />}
                {events?.slice(0, shownMax).map((event) => <ActivityLine key={event.id} event={event} />)}
                {events?.length === 0 && <Text size="sm" c="dimmed">{noneHint}</Text>}
            </Stack>
        </Card>
    );
}
