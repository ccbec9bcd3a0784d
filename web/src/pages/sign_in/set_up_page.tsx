import { Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountQuery, setUp, signIn } from '@/api/session';
import { queryClient } from '@/app/query_client';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Entrance } from './entrance';

const tokenInAddress = (): string => new URLSearchParams(window.location.hash.slice(1)).get('token') ?? '';

export function SetUpPage() {
    const { t } = useTranslation();
    const navigate = useNavigate();
    useDocumentTitle(t('setUp.title'));
    const form = useForm({
        initialValues: { token: tokenInAddress(), name: '', email: '', password: '', again: '' },
        validate: {
            token: (value) => (value === '' ? t('form.needed') : null),
            name: (value) => (value.trim() === '' ? t('form.needed') : null),
            email: (value) => (value.includes('@') ? null : t('form.email')),
            password: (value) => (value.length < 8 ? t('form.passwordShort') : null),
            again: (value, { password }) => (value === password ? null : t('form.passwordsDiffer')),
        },
    });
    const begin = useMutation({
        mutationFn: async ({ token, name, email, password }: typeof form.values) => {
            await setUp({ token, name, email, password });
            return signIn({ email, password });
        },
        onSuccess: async ({ user }) => {
            queryClient.setQueryData(accountQuery.queryKey, user);
            await navigate({ to: '/projects', replace: true });
        },
    });
    return (
        <Entrance title={t('setUp.title')} detail={t('setUp.detail')}>
            <form onSubmit={form.onSubmit((values) => { begin.mutate(values); })} noValidate>
                <Stack>
                    {begin.isError && <Failure failure={begin.error} what={t('setUp.failed')} />}
                    {(tokenInAddress() === '' || begin.isError) && (
                        <PasswordInput label={t('setUp.token')} description={t('setUp.tokenHint')} autoComplete="off"
                            {...form.getInputProps('token')} />
                    )}
                    <TextInput label={t('form.name')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
                    <TextInput label={t('form.emailLabel')} type="email" autoComplete="username"
                        {...form.getInputProps('email')} />
                    <PasswordInput label={t('form.password')} autoComplete="new-password"
                        {...form.getInputProps('password')} />
                    <PasswordInput label={t('form.passwordAgain')} autoComplete="new-password"
                        {...form.getInputProps('again')} />
                    <Button type="submit" fullWidth loading={begin.isPending} mt={4}>{t('setUp.submit')}</Button>
                    <Text size="xs" c="dimmed" ta="center">{t('setUp.once')}</Text>
                </Stack>
            </form>
        </Entrance>
    );
}
