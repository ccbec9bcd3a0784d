import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '@/api/types';
import { Moment } from '@/parts/moment';
import { useNow } from '@/parts/now';

interface Props {
    entry: Pick<ApiKey, 'status' | 'expires_at'>;
    /** Whether a new key was put in its place. */
    isReplaced?: boolean;
}

const soonMs = 7 * 86_400_000;
const colours: Record<string, string> = {
    active: 'teal', soon: 'orange', replaced: 'orange', expired: 'gray', revoked: 'gray', quarantined: 'red',
};

function useStatus({ entry: { status, expires_at }, isReplaced = false }: Props): string {
    const now = useNow();
    if (status !== 'active') {
        return status;
    }
    const endsSoon = expires_at !== null && Date.parse(expires_at) - now < soonMs;
    return isReplaced ? 'replaced' : endsSoon ? 'soon' : 'active';
}

/** Whether a key opens anything, and whether it will much longer. */
export function KeyStatus(props: Props) {
    const { t } = useTranslation();
    const status = useStatus(props);
    const names: Record<string, string> = {
        active: t('keys.status.active'), soon: t('keys.status.soon'), replaced: t('keys.status.replaced'),
        expired: t('keys.status.expired'), revoked: t('keys.status.revoked'), quarantined: t('keys.status.quarantined'),
    };
    return (
        <>
            <Badge color={colours[status] ?? 'gray'} tt="none">{names[status] ?? status}</Badge>
            {status === 'replaced' && <Text size="xs" c="dimmed">{t('keys.ends')} <Moment at={props.entry.expires_at} /></Text>}
        </>
    );
}
