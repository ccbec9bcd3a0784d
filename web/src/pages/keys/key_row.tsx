import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApiKey } from '@/api/types';
import { Moment } from '@/parts/moment';
import { KeyActions } from './key_actions';
import { KeyStatus } from './key_status';
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

export function KeyRow({ project, entry, isReplaced, develops, onEdit, onFresh }: Props) {
    const { t } = useTranslation();
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
            <Table.Td><KeyStatus entry={entry} isReplaced={isReplaced} /></Table.Td>
            <Table.Td>{narrowed.length === 0 ? t('keys.everything') : narrowed.join(', ')}</Table.Td>
            <Table.Td><Moment at={entry.last_used_at} never={t('servers.never')} />{entry.last_used_ip !== null && <Text size="xs" c="dimmed">{entry.last_used_ip}</Text>}</Table.Td>
            <Table.Td><Moment at={entry.expires_at} never={t('servers.never')} /></Table.Td>
            <Table.Td>{develops && <KeyActions project={project} entry={entry} onEdit={onEdit} onFresh={onFresh} />}</Table.Td>
        </Table.Tr>
    );
}
