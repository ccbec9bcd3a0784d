import { Text } from '@mantine/core';
import { modals } from '@mantine/modals';
import { useTranslation } from 'react-i18next';

interface Question {
    title: string;
    detail: string;
    action: string;
    onYes: () => void;
}

/** Asks before something that cannot be taken back. */
export function useConfirm(): (question: Question) => void {
    const { t } = useTranslation();
    return ({ title, detail, action, onYes }) => {
        modals.openConfirmModal({
            title, children: <Text size="sm">{detail}</Text>,
            labels: { confirm: action, cancel: t('action.cancel') },
            confirmProps: { color: 'red' },
            closeButtonProps: { 'aria-label': t('action.close') },
            onConfirm: onYes,
        });
    };
}
