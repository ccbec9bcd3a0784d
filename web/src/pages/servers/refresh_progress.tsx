import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** How many of the servers that were asked have answered. */
export function RefreshProgress({ total, done }: { total: number; done: number }) {
    const { t } = useTranslation();
    const words = t('servers.progress', { done, total });
    return (
        <div>
            <Text size="xs" c="dimmed" mb={4} role="status">{words}</Text>
            <Progress value={(done / total) * 100} size="sm" aria-label={words} animated />
        </div>
    );
}
