import { Progress, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** How many of the servers that were asked have answered; nothing while none was. */
export function RefreshProgress({ total, done }: { total: number; done: number }) {
    const { t } = useTranslation();
    if (total === 0) {
        return null;
    }
    const words = t('servers.progress', { done, total });
    return (
        <div>
            <Text size="xs" c="dimmed" mb={4} role="status">{words}</Text>
            <Progress value={(done / total) * 100} size="sm" aria-label={words} animated />
        </div>
    );
}
