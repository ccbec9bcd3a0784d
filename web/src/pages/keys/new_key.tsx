import { Modal } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createKey, keysQuery } from '@/api/keys';
import { KeyForm } from './key_form';
import { bodyOf, emptyValues } from './key_values';
import type { FreshKey } from './shown_once';

interface Props {
    project: string;
    opened: boolean;
    onClose: () => void;
    onFresh: (fresh: FreshKey) => void;
}

export function NewKeyModal({ project, opened, onClose, onFresh }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    return (
        <Modal opened={opened} onClose={onClose} title={t('keys.create')} size="lg" closeButtonProps={{ 'aria-label': t('action.close') }}>
            <KeyForm project={project} start={emptyValues} action={t('keys.create')} failed={t('keys.notCreated')}
                save={(values) => createKey(project, bodyOf(values, Date.now()))}
                onSaved={({ name, api_key }) => {
                    void queries.invalidateQueries({ queryKey: keysQuery(project).queryKey });
                    onClose();
                    onFresh({ name, secret: api_key });
                }} />
        </Modal>
    );
}
