import { SimpleGrid, Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keyStatisticsQuery } from '@/api/admin';
import { Failure } from '@/parts/failure';
import { Tile } from './tile';

/** How many keys there are, and in which state. */
export function KeyTiles() {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(keyStatisticsQuery);
    if (isPending) {
        return <Skeleton h={70} mb="md" />;
    }
    if (isError) {
        return <Failure failure={error} onRetry={() => { void refetch(); }} />;
    }
    const tiles: [string, number][] = [
        [t('keys.status.active'), data.active_keys], [t('admin.usedLately'), data.recently_used],
        [t('admin.expiringSoon'), data.expiring_soon], [t('keys.status.expired'), data.expired_keys],
        [t('keys.status.revoked'), data.inactive_keys], [t('keys.status.quarantined'), data.quarantined_keys],
    ];
    return (
        <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} spacing="sm" mb="md">
            {tiles.map(([name, count]) => <Tile key={name} name={name} value={count} />)}
        </SimpleGrid>
    );
}
