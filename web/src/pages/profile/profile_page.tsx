import { Button, Card, Container, Group, PasswordInput, Stack, TextInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { api, unwrap } from '@/api/client';
import { accountQuery } from '@/api/session';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';

function NameForm() {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const { data } = useSuspenseQuery(accountQuery);
    const form = useForm({
        initialValues: { name: data.name },
        validate: { name: (value) => (value.trim() === '' ? t('form.needed') : null) },
    });
    const save = useMutation({
        mutationFn: (body: { name: string }) => unwrap(api.PUT('/api/profile', { body })),
        onSuccess: (account) => {
            queries.setQueryData(accountQuery.queryKey, account);
            form.resetDirty();
            tell(t('profile.saved'));
        },
    });
    return (
        <Card component="form" onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
            <Stack>
                <Title order={2}>{t('profile.account')}</Title>
                {save.isError && <Failure failure={save.error} />}
                <TextInput label={t('form.name')} autoComplete="name" {...form.getInputProps('name')} />
                <TextInput label={t('form.emailLabel')} value={data.email} readOnly variant="filled" />
                <Group justify="flex-end">
                    <Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>{t('action.save')}</Button>
                </Group>
            </Stack>
        </Card>
    );
}

function PasswordForm() {
    const { t } = useTranslation();
    const form = useForm({
        initialValues: { current_password: '', new_password: '', again: '' },
        validate: {
            current_password: (value) => (value === '' ? t('form.needed') : null),
            new_password: (value) => (value.length < 8 ? t('form.passwordShort') : null),
            again: (value, { new_password }) => (value === new_password ? null : t('form.passwordsDiffer')),
        },
    });
    const change = useMutation({
        mutationFn: ({ current_password, new_password }: typeof form.values) =>
            unwrap(api.PUT('/api/profile/password', { body: { current_password, new_password } })),
        onSuccess: () => {
            form.reset();
            tell(t('profile.passwordChanged'));
        },
    });
    return (
        <Card component="form" onSubmit={form.onSubmit((values) => { change.mutate(values); })}>
            <Stack>
                <Title order={2}>{t('form.password')}</Title>
                {change.isError && <Failure failure={change.error} />}
                <PasswordInput label={t('profile.current')} autoComplete="current-password"
                    {...form.getInputProps('current_password')} />
                <PasswordInput label={t('profile.new')} autoComplete="new-password"
                    {...form.getInputProps('new_password')} />
                <PasswordInput label={t('form.passwordAgain')} autoComplete="new-password"
                    {...form.getInputProps('again')} />
                <Group justify="flex-end">
                    <Button type="submit" loading={change.isPending}>{t('profile.change')}</Button>
                </Group>
            </Stack>
        </Card>
    );
}

export function ProfilePage() {
    const { t } = useTranslation();
    useDocumentTitle(t('shell.profile'));
    return (
        <Container component="main" id="content" size="xs" py="lg">
            <Title order={1} mb="md">{t('shell.profile')}</Title>
            <Stack><NameForm /><PasswordForm /></Stack>
        </Container>
    );
}
