import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeKey, keysQuery } from '@/api/keys';
import type { ApiKey } from '@/api/types';
import { useLastShown } from '@/parts/last_shown';
import { tell } from '@/parts/notice';
import { exactUtc } from '@/parts/time_words';
import { KeyForm } from './key_form';
import { bodyOf, valuesOf } from './key_values';

interface Props {
    project: string;
    entry: ApiKey | null;
    onClose: () => void;
}

/** Changes what a key opens; clients that use it need not be told. */
export function EditKeyModal({ project, entry, onClose }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const name = useLastShown(entry?.name);
    return (
        <Modal opened={entry !== null} onClose={onClose} title={t('keys.editTitle', { name })} size="lg"
            closeButtonProps={{ 'aria-label': t('action.close') }}>
            {entry !== null && (
                <KeyForm project={project} start={valuesOf(entry)} action={t('action.save')} failed={t('keys.notChanged')}
                    {...(entry.expires_at === null ? {} : { keptEnd: exactUtc(entry.expires_at) })}
                    save={(values) => changeKey(project, entry.id, bodyOf(values, Date.now()))}
                    onSaved={(saved) => {
                        tell(t('keys.changed', { name: saved.name }));
                        void queries.invalidateQueries({ queryKey: keysQuery(project).queryKey });
                        onClose();
                    }} />
            )}
        </Modal>
    );
}
