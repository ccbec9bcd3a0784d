import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconLock, IconLockOpen, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { holdKey, revokeAnyKey } from '@/api/admin';
import type { ApiKey } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { tell, tellFailure } from '@/parts/notice';

/** A key is held back until it is looked into, or revoked for good. */
export function KeyActions({ entry }: { entry: Pick<ApiKey, 'id' | 'name' | 'is_active' | 'is_quarantined'> }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const onSettled = () => queries.invalidateQueries({ queryKey: ['admin', 'keys'] });
    const hold = useMutation({
        mutationFn: () => holdKey(entry.id, !entry.is_quarantined), onSettled,
        onError: (failure) => { tellFailure(t('admin.keyNotChanged', { name: entry.name }), failure); },
    });
    const revoke = useMutation({
        mutationFn: () => revokeAnyKey(entry.id), onSettled,
        onSuccess: () => { tell(t('keys.revoked', { name: entry.name })); },
        onError: (failure) => { tellFailure(t('keys.notRevoked'), failure); },
    });
    const words = entry.is_quarantined ? t('admin.release', { name: entry.name }) : t('admin.hold', { name: entry.name });
    return (
        <Group gap={4} wrap="nowrap" justify="flex-end">
            {entry.is_active && (
                <Tooltip label={entry.is_quarantined ? t('admin.releaseHint') : t('admin.holdHint')}>
                    <ActionIcon variant="subtle" color="gray" loading={hold.isPending} aria-label={words} onClick={() => { hold.mutate(); }}>
                        {entry.is_quarantined ? <IconLockOpen size={17} /> : <IconLock size={17} />}
                    </ActionIcon>
                </Tooltip>
            )}
            <ActionIcon variant="subtle" color="red" loading={revoke.isPending} aria-label={t('keys.revokeNamed', { name: entry.name })}
                onClick={() => { confirm({
                    title: t('keys.revokeTitle', { name: entry.name }), detail: t('keys.revokeDetail'),
                    action: t('keys.revoke'), onYes: () => { revoke.mutate(); },
                }); }}><IconTrash size={17} /></ActionIcon>
        </Group>
    );
}
