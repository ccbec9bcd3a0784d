import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeUser } from '@/api/admin';
import { accountQuery } from '@/api/session';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import type { User } from './user_row';

interface Props {
    user: User;
    isOpen: boolean;
    onClose: () => void;
}

export function EditUser({ user, isOpen, onClose }: Props) {
    const { t } = useTranslation();
    return (
        <Modal opened={isOpen} onClose={onClose} title={t('servers.editTitle', { name: user.name })} closeButtonProps={{ 'aria-label': t('action.close') }}>
            <Fields user={user} onDone={onClose} />
        </Modal>
    );
}

function Fields({ user, onDone }: { user: User; onDone: () => void }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const { data: account } = useSuspenseQuery(accountQuery);
    const form = useForm({
        initialValues: { name: user.name },
        validate: { name: (value) => (value.trim() === '' ? t('form.needed') : null) },
    });
    const save = useMutation({
        mutationFn: ({ name }: { name: string }) => changeUser(user.id, { name: name.trim() }),
        onSuccess: ({ id, name }) => {
            tell(t('admin.changedTo', { name }));
            void queries.invalidateQueries({ queryKey: ['admin', 'users'] });
            if (id === account.id) {
                void queries.invalidateQueries({ queryKey: accountQuery.queryKey });
            }
            onDone();
        },
    });
    return (
        <form onSubmit={form.onSubmit((values) => { save.mutate(values); })} noValidate>
            <Stack>
                {save.isError && <Failure failure={save.error} />}
                <TextInput label={t('form.name')} description={user.email} data-autofocus {...form.getInputProps('name')} />
                <Group justify="flex-end"><Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>{t('action.save')}</Button></Group>
            </Stack>
        </form>
    );
}
