import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '@/api/types';
import { useNow } from '@/parts/now';

const soonMs = 7 * 86_400_000;
const colours: Record<string, string> = { active: 'teal', soon: 'orange', expired: 'gray', revoked: 'gray', quarantined: 'red' };

/** Whether a key opens anything, and whether it will much longer. */
export function KeyStatus({ entry }: { entry: Pick<ApiKey, 'status' | 'expires_at'> }) {
    const { t } = useTranslation();
    const names: Record<string, string> = {
        active: t('keys.status.active'), soon: t('keys.status.soon'), expired: t('keys.status.expired'),
        revoked: t('keys.status.revoked'), quarantined: t('keys.status.quarantined'),
    };
    const now = useNow();
    const endsSoon = entry.status === 'active' && entry.expires_at !== null && Date.parse(entry.expires_at) - now < soonMs;
    const status = endsSoon ? 'soon' : entry.status;
    return <Badge color={colours[status] ?? 'gray'} tt="none">{names[status] ?? status}</Badge>;
}
