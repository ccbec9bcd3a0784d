import { Badge, Button, Card, Checkbox, Group, Modal, Pagination, PasswordInput, Skeleton, Stack, Switch, Table, Text, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useDebouncedValue } from '@mantine/hooks';
import { useMutation, useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { IconSearch, IconUserPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeUser, createUser, usersQuery } from '@/api/admin';
import { accountQuery } from '@/api/session';
import type { Answer } from '@/api/types';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { tell, tellFailure } from '@/parts/notice';
import { Page } from '@/parts/page';

type User = Answer<'/api/users/admin'>['users'][number];

export function UsersPage() {
    const { t } = useTranslation();
    const [text, setText] = useState('');
    const [search] = useDebouncedValue(text.trim(), 300);
    const [page, setPage] = useState(1);
    const [creating, setCreating] = useState(false);
    const { data, isPending, isError, error, refetch } = useQuery(usersQuery(search, page));
    useDocumentTitle(t('admin.users'));
    const pages = data === undefined ? 1 : Math.ceil(data.total / data.per_page);
    return (
        <Page title={t('admin.users')} note={data?.total} width={1080} actions={(
            <>
                <TextInput value={text} onChange={(event) => { setText(event.currentTarget.value); setPage(1); }} leftSection={<IconSearch size={16} />}
                    placeholder={t('admin.searchUsers')} aria-label={t('admin.searchUsers')} />
                <Button leftSection={<IconUserPlus size={16} />} onClick={() => { setCreating(true); }}>{t('admin.newUser')}</Button>
            </>
        )}>
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={200} />}
            {data?.users.length === 0 && <Empty icon={<IconSearch />} title={t('admin.noUser', { search })} />}
            {data !== undefined && data.users.length > 0 && (
                <Card p={0}>
                    <Table.ScrollContainer minWidth={720} type="native" tabIndex={0}>
                        <Table fz="sm" horizontalSpacing="md">
                            <Table.Thead><Table.Tr c="dimmed" fz="xs">
                                <Table.Th>{t('members.person')}</Table.Th><Table.Th ta="right">{t('projects.title')}</Table.Th>
                                <Table.Th>{t('admin.lastSignIn')}</Table.Th><Table.Th>{t('role.administrator')}</Table.Th><Table.Th>{t('admin.active')}</Table.Th>
                            </Table.Tr></Table.Thead>
                            <Table.Tbody>{data.users.map((user) => <Row key={user.id} user={user} />)}</Table.Tbody>
                        </Table>
                    </Table.ScrollContainer>
                </Card>
            )}
            {pages > 1 && <Group justify="center" mt="md"><Pagination total={pages} value={page} onChange={setPage} /></Group>}
            <Modal opened={creating} onClose={() => { setCreating(false); }} title={t('admin.newUser')} closeButtonProps={{ 'aria-label': t('action.close') }}>
                <NewUser onDone={() => { setCreating(false); }} />
            </Modal>
        </Page>
    );
}

function Row({ user }: { user: User }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const { data: account } = useSuspenseQuery(accountQuery);
    const isSelf = account.id === user.id;
    const change = useMutation({
        mutationFn: (body: { is_admin?: boolean; is_active?: boolean }) => changeUser(user.id, body),
        onSettled: () => queries.invalidateQueries({ queryKey: ['admin', 'users'] }),
        onError: (failure) => { tellFailure(t('admin.notChanged', { name: user.name }), failure); },
    });
    return (
        <Table.Tr>
            <Table.Td>
                <Group gap={8}><Text size="sm" fw={600}>{user.name}</Text>{isSelf && <Badge size="sm" color="gray" tt="none">{t('members.you')}</Badge>}</Group>
                <Text size="xs" c="dimmed">{user.email}</Text>
            </Table.Td>
            <Table.Td ta="right" className="numbers">{user.projects_count}</Table.Td>
            <Table.Td c="dimmed"><Moment at={user.last_login_at} never={t('servers.never')} /></Table.Td>
            <Table.Td><Switch size="sm" checked={user.is_admin} disabled={isSelf || change.isPending} aria-label={t('admin.isAdmin', { name: user.name })}
                onChange={() => { change.mutate({ is_admin: !user.is_admin }); }} /></Table.Td>
            <Table.Td><Switch size="sm" checked={user.is_active} disabled={isSelf || change.isPending} aria-label={t('admin.isActive', { name: user.name })}
                onChange={() => { change.mutate({ is_active: !user.is_active }); }} /></Table.Td>
        </Table.Tr>
    );
}

function NewUser({ onDone }: { onDone: () => void }) {
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
