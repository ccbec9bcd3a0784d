import { Button, Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useMutation } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { executeTool } from '@/api/tools';
import type { Call } from '@/api/types';
import { tell, tellFailure } from '@/parts/notice';

/** The same call once more, as oneself. Asked for twice, since a tool may change things. */
export function RunAgain({ project, call, onRan }: { project: string; call: Call; onRan: () => void }) {
    const { t } = useTranslation();
    const { arguments: given, truncated, redacted } = call.input_data;
    const run = useMutation({
        mutationFn: () => executeTool(project, call.server_id ?? '', call.tool_name, given),
        onSuccess: ({ success, error }) => {
            if (success) {
                tell(t('logs.ranAgain', { tool: call.tool_name }));
            } else {
                tellFailure(t('logs.ranAgainFailed', { tool: call.tool_name }), new Error(error ?? ''));
            }
            onRan();
        },
        onError: (failure) => { tellFailure(t('logs.runFailed'), failure); },
    });
    const ask = () => {
        modals.openConfirmModal({
            title: t('logs.runAgainTitle', { tool: call.tool_name }),
            children: <Text size="sm">{t('logs.runAgainDetail')}</Text>,
            labels: { confirm: t('logs.run'), cancel: t('action.cancel') },
            closeButtonProps: { 'aria-label': t('action.close') },
            onConfirm: () => { run.mutate(); },
        });
    };
    return (
        <Button size="compact-sm" variant="default" leftSection={<IconPlayerPlay size={14} />} onClick={ask} loading={run.isPending}
            disabled={call.server_id === null || truncated || redacted}
            title={truncated || redacted ? t('logs.notWhole') : undefined}>
            {t('logs.runAgain')}
        </Button>
    );
}
