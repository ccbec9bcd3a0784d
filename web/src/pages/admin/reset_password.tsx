import { Button, Group, Modal, PasswordInput, Stack, Text } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { resetPassword } from '@/api/admin';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import type { User } from './user_row';

interface Props {
    user: User;
    isOpen: boolean;
    onClose: () => void;
}

export function ResetPassword({ user, isOpen, onClose }: Props) {
    const { t } = useTranslation();
    return (
        <Modal opened={isOpen} onClose={onClose} title={t('admin.passwordOf', { name: user.name })} closeButtonProps={{ 'aria-label': t('action.close') }}>
            <Fields user={user} onDone={onClose} />
        </Modal>
    );
}

function Fields({ user, onDone }: { user: User; onDone: () => void }) {
    const { t } = useTranslation();
    const form = useForm({
        initialValues: { password: '' },
        validate: { password: (value) => (value.length < 8 ? t('form.passwordShort') : null) },
    });
    const save = useMutation({
        mutationFn: ({ password }: { password: string }) => resetPassword(user.id, password),
        onSuccess: () => {
            tell(t('admin.passwordSet', { name: user.name }));
            onDone();
        },
    });
    return (
        <form onSubmit={form.onSubmit((values) => { save.mutate(values); })} noValidate>
            <Stack>
                {save.isError && <Failure failure={save.error} />}
                <Text size="sm" c="dimmed">{t('admin.passwordHint')}</Text>
                <PasswordInput label={t('profile.new')} autoComplete="new-password" data-autofocus {...form.getInputProps('password')} />
                <Group justify="flex-end"><Button type="submit" loading={save.isPending}>{t('admin.resetPassword')}</Button></Group>
            </Stack>
        </form>
    );
}
