import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountQuery, signIn } from '@/api/session';
import { queryClient } from '@/app/query_client';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Entrance } from './entrance';
import { safeReturn } from './safe_return';

export function SignInPage() {
    const { t } = useTranslation();
    const router = useRouter();
    const search = useSearch({ from: '/signin' });
    useDocumentTitle(t('signIn.title'));
    const form = useForm({
        initialValues: { email: '', password: '' },
        validate: {
            email: (value) => (value.includes('@') ? null : t('form.email')),
            password: (value) => (value === '' ? t('form.needed') : null),
        },
    });
    const enter = useMutation({
        mutationFn: signIn,
        onSuccess: ({ user }) => {
            queryClient.clear();
            queryClient.setQueryData(accountQuery.queryKey, user);
            router.history.push(safeReturn(search.return));
        },
    });
    return (
        <Entrance title={t('signIn.title')} detail={t('signIn.detail')}>
            <form onSubmit={form.onSubmit((values) => { enter.mutate(values); })} noValidate>
                <Stack>
                    {enter.isError && <Failure failure={enter.error} what={t('signIn.failed')} />}
                    <TextInput label={t('form.emailLabel')} type="email" autoComplete="username" autoFocus
                        {...form.getInputProps('email')} />
                    <PasswordInput label={t('form.password')} autoComplete="current-password"
                        {...form.getInputProps('password')} />
                    <Button type="submit" fullWidth loading={enter.isPending} mt={4}>{t('signIn.submit')}</Button>
                </Stack>
            </form>
        </Entrance>
    );
}
