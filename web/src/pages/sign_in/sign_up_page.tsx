import { Anchor, Button, PasswordInput, Stack, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { entranceQuery, signUp } from '@/api/session';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Entrance } from './entrance';

export function SignUpPage() {
    const { t } = useTranslation();
    const { data } = useQuery(entranceQuery);
    const join = useMutation({ mutationFn: signUp });
    useDocumentTitle(t('signUp.title'));
    if (data?.sign_up_open === false) {
        return <Entrance title={t('signUp.closed')} detail={t('signUp.closedHint')}><ToSignIn /></Entrance>;
    }
    return (
        <Entrance title={t('signUp.title')} detail={t('signUp.detail')}>
            {join.isSuccess
                ? <Stack><Text size="sm" ta="center" role="status">{join.data.message}</Text><ToSignIn /></Stack>
                : <SignUpForm failure={join.error} isPending={join.isPending} onSubmit={join.mutate} />}
        </Entrance>
    );
}

function ToSignIn() {
    const { t } = useTranslation();
    return <Button variant="light" fullWidth renderRoot={(props) => <Link to="/signin" {...props} />}>{t('signUp.toSignIn')}</Button>;
}

interface Props {
    failure: Error | null;
    isPending: boolean;
    onSubmit: (account: { name: string; email: string; password: string }) => void;
}

function SignUpForm({ failure, isPending, onSubmit }: Props) {
    const { t } = useTranslation();
    const form = useForm({
        initialValues: { name: '', email: '', password: '' },
        validate: {
            name: (value) => (value.trim() === '' ? t('form.needed') : null),
            email: (value) => (value.includes('@') ? null : t('form.email')),
            password: (value) => (value.length < 8 ? t('form.passwordShort') : null),
        },
    });
    return (
        <form onSubmit={form.onSubmit(onSubmit)} noValidate>
            <Stack>
                {failure !== null && <Failure failure={failure} what={t('signUp.failed')} />}
                <TextInput label={t('form.name')} autoComplete="name" autoFocus {...form.getInputProps('name')} />
                <TextInput label={t('form.emailLabel')} type="email" autoComplete="username" {...form.getInputProps('email')} />
                <PasswordInput label={t('form.password')} autoComplete="new-password" {...form.getInputProps('password')} />
                <Button type="submit" fullWidth loading={isPending} mt={4}>{t('signUp.submit')}</Button>
                <Anchor size="sm" ta="center" renderRoot={(props) => <Link to="/signin" {...props} />}>{t('signUp.toSignIn')}</Anchor>
            </Stack>
        </form>
    );
}
