import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { deleteServer, forgetServers } from '@/api/servers';
import type { Server } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { tell, tellFailure } from '@/parts/notice';

/** Deletes a server after a question; `onGone` is called when it is gone. */
export function useDeleteServer(project: string, server: Pick<Server, 'id' | 'name'>, onGone?: () => void) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const { name } = server;
    const remove = useMutation({
        mutationFn: () => deleteServer(project, server.id),
        onSuccess: () => {
            tell(t('servers.deleted', { name }));
            onGone?.();
            return forgetServers(queries, project);
        },
        onError: (failure) => { tellFailure(t('servers.deleteFailed', { name }), failure); },
    });
    const ask = () => {
        confirm({
            title: t('servers.deleteTitle', { name }), detail: t('servers.deleteDetail'),
            action: t('action.delete'), onYes: () => { remove.mutate(); },
        });
    };
    return { ask, isPending: remove.isPending };
}
