import { Button } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconUserOff } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { closeUsers } from '@/api/admin';
import { useConfirm } from '@/parts/confirm';
import { tell, tellFailure } from '@/parts/notice';
import type { User } from './user_row';

/** Closes several accounts; those that have to stay are named with the reason. */
export function CloseChosen({ users, onDone }: { users: User[]; onDone: () => void }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const close = useMutation({
        mutationFn: () => closeUsers(users.map(({ id }) => id)),
        onSuccess: ({ successful_deletions: closed, failed_deletions: kept }) => {
            if (closed.length > 0) {
                tell(t('admin.closedCount', { count: closed.length }));
            }
            for (const { user_id, reason } of kept) {
                tellFailure(t('admin.notChanged', { name: users.find(({ id }) => id === user_id)?.name ?? user_id }), reason);
            }
            onDone();
        },
        onError: (failure) => { tellFailure(t('failure.title'), failure); },
        onSettled: () => queries.invalidateQueries({ queryKey: ['admin'] }),
    });
    if (users.length === 0) {
        return null;
    }
    return (
        <Button variant="default" c="var(--status-error)" leftSection={<IconUserOff size={16} />} loading={close.isPending} onClick={() => { confirm({
            title: t('admin.closeSome', { count: users.length }), detail: users.map(({ name }) => name).join(', '),
            action: t('admin.closeAccounts'), onYes: () => { close.mutate(); },
        }); }}>{t('admin.closeSome', { count: users.length })}</Button>
    );
}
