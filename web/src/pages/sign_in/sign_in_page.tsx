import { Anchor, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useRouter, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountQuery, entranceQuery, signIn } from '@/api/session';
import { queryClient } from '@/app/query_client';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Entrance } from './entrance';
import { NoAccountYet } from './no_account_yet';
import { safeReturn } from './safe_return';

export function SignInPage() {
    const { t } = useTranslation();
    const router = useRouter();
    const search = useSearch({ from: '/signin' });
    const { data: entrance } = useQuery(entranceQuery);
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
    if (entrance?.needs_setup === true) {
        return <NoAccountYet />;
    }
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
                    {entrance?.sign_up_open === true
                        && <Anchor size="sm" ta="center" renderRoot={(props) => <Link to="/signup" {...props} />}>{t('signIn.toSignUp')}</Anchor>}
                </Stack>
            </form>
        </Entrance>
    );
}
