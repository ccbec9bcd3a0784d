import { ActionIcon, Group, Tooltip } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconHandStop, IconPencil, IconPlayerPlay, IconRefreshDot, IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { changeKey, deleteKey, keysQuery, rotateKey } from '@/api/keys';
import type { ApiKey } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { tell, tellFailure } from '@/parts/notice';
import type { FreshKey } from './shown_once';

interface Props {
    project: string;
    entry: ApiKey;
    onEdit: (entry: ApiKey) => void;
    onFresh: (fresh: FreshKey) => void;
}

export function KeyActions({ project, entry, onEdit, onFresh }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const { name } = entry;
    const onSettled = () => queries.invalidateQueries({ queryKey: keysQuery(project).queryKey });
    const revoke = useMutation({
        mutationFn: () => deleteKey(project, entry.id), onSettled,
        onSuccess: () => { tell(t('keys.revoked', { name })); },
        onError: (failure) => { tellFailure(t('keys.notRevoked'), failure); },
    });
    const rotate = useMutation({
        mutationFn: () => rotateKey(project, entry.id), onSettled,
        onSuccess: (fresh) => { onFresh({ name: fresh.name, secret: fresh.api_key }); },
        onError: (failure) => { tellFailure(t('keys.notRotated'), failure); },
    });
    const hold = useMutation({
        mutationFn: () => changeKey(project, entry.id, { is_quarantined: !entry.is_quarantined }), onSettled,
        onSuccess: ({ is_quarantined }) => { tell(is_quarantined ? t('keys.held', { name }) : t('keys.takenUp', { name })); },
        onError: (failure) => { tellFailure(t('keys.notChanged'), failure); },
    });
    return (
        <Group gap={4} wrap="nowrap" justify="flex-end">
            <Tooltip label={t('action.edit')}>
                <ActionIcon variant="subtle" color="gray" aria-label={t('keys.editTitle', { name })}
                    onClick={() => { onEdit(entry); }}><IconPencil size={17} /></ActionIcon>
            </Tooltip>
            <Tooltip label={entry.is_quarantined ? t('keys.takeUpHint') : t('keys.holdHint')}>
                <ActionIcon variant="subtle" color="gray" loading={hold.isPending}
                    aria-label={entry.is_quarantined ? t('keys.takeUpNamed', { name }) : t('keys.holdNamed', { name })}
                    onClick={() => { hold.mutate(); }}>
                    {entry.is_quarantined ? <IconPlayerPlay size={17} /> : <IconHandStop size={17} />}
                </ActionIcon>
            </Tooltip>
            <Tooltip label={t('keys.rotateHint')}>
                <ActionIcon variant="subtle" color="gray" loading={rotate.isPending} disabled={entry.status !== 'active'}
                    aria-label={t('keys.rotateNamed', { name })} onClick={() => { rotate.mutate(); }}><IconRefreshDot size={17} /></ActionIcon>
            </Tooltip>
            <Tooltip label={t('keys.revoke')}>
                <ActionIcon variant="subtle" color="red" loading={revoke.isPending} aria-label={t('keys.revokeNamed', { name })}
                    onClick={() => { confirm({
                        title: t('keys.revokeTitle', { name }), detail: t('keys.revokeDetail'),
                        action: t('keys.revoke'), onYes: () => { revoke.mutate(); },
                    }); }}><IconTrash size={17} /></ActionIcon>
            </Tooltip>
        </Group>
    );
}
