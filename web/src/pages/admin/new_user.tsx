import { Button, Checkbox, Group, Modal, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createUser } from '@/api/admin';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';

export function NewUser({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
    const { t } = useTranslation();
    return (
        <Modal opened={isOpen} onClose={onClose} title={t('admin.newUser')} closeButtonProps={{ 'aria-label': t('action.close') }}>
            <Fields onDone={onClose} />
        </Modal>
    );
}

function Fields({ onDone }: { onDone: () => void }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const form = useForm({
        initialValues: { name: '', email: '', password: '', is_admin: false },
        validate: {
            name: (value) => (value.trim() === '' ? t('form.needed') : null),
            email: (value) => (value.includes('@') ? null : t('form.email')),
            password: (value) => (value.length < 8 ? t('form.passwordShort') : null),
        },
    });
    const create = useMutation({
        mutationFn: createUser,
        onSuccess: ({ name }) => {
            tell(t('admin.created', { name }));
            void queries.invalidateQueries({ queryKey: ['admin'] });
            onDone();
        },
    });
    return (
        <form onSubmit={form.onSubmit((values) => { create.mutate(values); })} noValidate>
            <Stack>
                {create.isError && <Failure failure={create.error} />}
                <TextInput label={t('form.name')} data-autofocus {...form.getInputProps('name')} />
                <TextInput label={t('form.emailLabel')} type="email" autoComplete="off" {...form.getInputProps('email')} />
                <PasswordInput label={t('form.password')} autoComplete="new-password" {...form.getInputProps('password')} />
                <Checkbox label={t('role.administrator')} {...form.getInputProps('is_admin', { type: 'checkbox' })} />
                <Group justify="flex-end"><Button type="submit" loading={create.isPending}>{t('admin.newUser')}</Button></Group>
            </Stack>
        </form>
    );
}
