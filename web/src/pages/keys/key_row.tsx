import { ActionIcon, Badge, Group, Table, Text, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconRefreshDot, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { deleteKey, keysQuery, rotateKey } from '@/api/keys';
import type { ApiKey } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { Moment } from '@/parts/moment';
import { useNow } from '@/parts/now';
import { tell, tellFailure } from '@/parts/notice';
import type { FreshKey } from './shown_once';

interface Props {
    project: string;
    entry: ApiKey;
    develops: boolean;
    onFresh: (fresh: FreshKey) => void;
}

const soonMs = 7 * 86_400_000;
const colours: Record<string, string> = { active: 'teal', soon: 'orange', expired: 'gray', revoked: 'gray', quarantined: 'red' };

export function KeyRow({ project, entry, develops, onFresh }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const onSettled = () => queries.invalidateQueries({ queryKey: keysQuery(project).queryKey });
    const revoke = useMutation({
        mutationFn: () => deleteKey(project, entry.id), onSettled,
        onSuccess: () => { tell(t('keys.revoked', { name: entry.name })); },
        onError: (failure) => { tellFailure(t('keys.notRevoked'), failure); },
    });
    const rotate = useMutation({
        mutationFn: () => rotateKey(project, entry.id), onSettled,
        onSuccess: ({ name, api_key }) => { onFresh({ name, secret: api_key }); },
        onError: (failure) => { tellFailure(t('keys.notRotated'), failure); },
    });
    const names: Record<string, string> = {
        active: t('keys.status.active'), soon: t('keys.status.soon'), expired: t('keys.status.expired'),
        revoked: t('keys.status.revoked'), quarantined: t('keys.status.quarantined'),
    };
    const now = useNow();
    const endsSoon = entry.status === 'active' && entry.expires_at !== null && Date.parse(entry.expires_at) - now < soonMs;
    const status = endsSoon ? 'soon' : entry.status;
    const { scope } = entry;
    const narrowed = [
        scope.may_call ? null : t('keys.listOnly'),
        scope.servers.length === 0 ? null : t('keys.servers', { count: scope.servers.length }),
        scope.tools.length === 0 ? null : t('keys.tools', { count: scope.tools.length }),
        scope.ip_ranges.length === 0 ? null : t('keys.addresses', { count: scope.ip_ranges.length }),
        entry.limits.calls_per_minute === 0 ? null : t('keys.perMinute', { count: entry.limits.calls_per_minute }),
    ].filter((words) => words !== null);
    return (
        <Table.Tr>
            <Table.Td>
                <Text size="sm" fw={600}>{entry.name}</Text>
                <Text size="xs" c="dimmed" className="mono">{entry.key_prefix}…{entry.key_suffix}</Text>
                {entry.description !== '' && <Text size="xs" c="dimmed">{entry.description}</Text>}
            </Table.Td>
            <Table.Td><Badge color={colours[status] ?? 'gray'} tt="none">{names[status] ?? status}</Badge></Table.Td>
            <Table.Td>{narrowed.length === 0 ? t('keys.everything') : narrowed.join(', ')}</Table.Td>
            <Table.Td><Moment at={entry.last_used_at} never={t('servers.never')} />{entry.last_used_ip !== null && <Text size="xs" c="dimmed">{entry.last_used_ip}</Text>}</Table.Td>
            <Table.Td><Moment at={entry.expires_at} never={t('servers.never')} /></Table.Td>
            <Table.Td>
                {develops && (
                    <Group gap={4} wrap="nowrap" justify="flex-end">
                        <Tooltip label={t('keys.rotateHint')}>
                            <ActionIcon variant="subtle" color="gray" loading={rotate.isPending} aria-label={t('keys.rotateNamed', { name: entry.name })}
                                onClick={() => { rotate.mutate(); }}><IconRefreshDot size={17} /></ActionIcon>
                        </Tooltip>
                        <ActionIcon variant="subtle" color="red" loading={revoke.isPending} aria-label={t('keys.revokeNamed', { name: entry.name })}
                            onClick={() => { confirm({
                                title: t('keys.revokeTitle', { name: entry.name }), detail: t('keys.revokeDetail'),
                                action: t('keys.revoke'), onYes: () => { revoke.mutate(); },
                            }); }}><IconTrash size={17} /></ActionIcon>
                    </Group>
                )}
            </Table.Td>
        </Table.Tr>
    );
}
