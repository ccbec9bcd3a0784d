import { Badge, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '@/api/types';
import { Moment } from '@/parts/moment';
import { useNow } from '@/parts/now';
import { KeyActions } from './key_actions';
import type { FreshKey } from './shown_once';

interface Props {
    project: string;
    entry: ApiKey;
    /** Whether a new key was put in its place. */
    isReplaced: boolean;
    develops: boolean;
    onEdit: (entry: ApiKey) => void;
    onFresh: (fresh: FreshKey) => void;
}

const soonMs = 7 * 86_400_000;
const colours: Record<string, string> = {
    active: 'teal', soon: 'orange', replaced: 'orange', expired: 'gray', revoked: 'gray', quarantined: 'red',
};

function useStatus({ status, expires_at }: ApiKey, isReplaced: boolean): string {
    const now = useNow();
    if (status !== 'active') {
        return status;
    }
    const endsSoon = expires_at !== null && Date.parse(expires_at) - now < soonMs;
    return isReplaced ? 'replaced' : endsSoon ? 'soon' : 'active';
}

export function KeyRow({ project, entry, isReplaced, develops, onEdit, onFresh }: Props) {
    const { t } = useTranslation();
    const status = useStatus(entry, isReplaced);
    const names: Record<string, string> = {
        active: t('keys.status.active'), soon: t('keys.status.soon'), replaced: t('keys.status.replaced'),
        expired: t('keys.status.expired'), revoked: t('keys.status.revoked'), quarantined: t('keys.status.quarantined'),
    };
    const { scope, limits } = entry;
    const narrowed = [
        scope.may_call ? null : t('keys.listOnly'),
        scope.servers.length === 0 ? null : t('keys.servers', { count: scope.servers.length }),
        scope.tools.length === 0 ? null : t('keys.tools', { count: scope.tools.length }),
        scope.ip_ranges.length === 0 ? null : t('keys.addresses', { count: scope.ip_ranges.length }),
        scope.client_types.length === 0 ? null : scope.client_types.join(', '),
        limits.calls_per_minute === 0 ? null : t('keys.perMinute', { count: limits.calls_per_minute }),
        limits.calls_per_day === 0 ? null : t('keys.perDay', { count: limits.calls_per_day }),
        limits.calls_at_once === 0 ? null : t('keys.atOnce', { count: limits.calls_at_once }),
    ].filter((words) => words !== null);
    return (
        <Table.Tr>
            <Table.Td>
                <Text size="sm" fw={600}>{entry.name}</Text>
                <Text size="xs" c="dimmed" className="mono">{entry.key_prefix}…{entry.key_suffix}</Text>
                {entry.description !== '' && <Text size="xs" c="dimmed">{entry.description}</Text>}
            </Table.Td>
            <Table.Td>
                <Badge color={colours[status] ?? 'gray'} tt="none">{names[status] ?? status}</Badge>
                {status === 'replaced' && <Text size="xs" c="dimmed">{t('keys.ends')} <Moment at={entry.expires_at} /></Text>}
            </Table.Td>
            <Table.Td>{narrowed.length === 0 ? t('keys.everything') : narrowed.join(', ')}</Table.Td>
            <Table.Td><Moment at={entry.last_used_at} never={t('servers.never')} />{entry.last_used_ip !== null && <Text size="xs" c="dimmed">{entry.last_used_ip}</Text>}</Table.Td>
            <Table.Td><Moment at={entry.expires_at} never={t('servers.never')} /></Table.Td>
            <Table.Td>{develops && <KeyActions project={project} entry={entry} onEdit={onEdit} onFresh={onFresh} />}</Table.Td>
        </Table.Tr>
    );
}
