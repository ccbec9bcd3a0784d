import { ActionIcon, Badge, Checkbox, Group, Menu, Switch, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { IconDots, IconPassword, IconPencil } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeUser } from '@/api/admin';
import { accountQuery } from '@/api/session';
import type { Answer } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { Moment } from '@/parts/moment';
import { tellFailure } from '@/parts/notice';
import { EditUser } from './edit_user';
import { ResetPassword } from './reset_password';

export type User = Answer<'/api/users/admin'>['users'][number];

interface Props {
    user: User;
    isChosen: boolean;
    onChosen: (isChosen: boolean) => void;
}

export function UserRow({ user, isChosen, onChosen }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const { data: account } = useSuspenseQuery(accountQuery);
    const isSelf = account.id === user.id;
    const change = useMutation({
        mutationFn: (body: { is_admin?: boolean; is_active?: boolean }) => changeUser(user.id, body),
        onSettled: () => queries.invalidateQueries({ queryKey: ['admin'] }),
        onError: (failure) => { tellFailure(t('admin.notChanged', { name: user.name }), failure); },
    });
    const toggleActive = () => {
        if (!user.is_active) {
            change.mutate({ is_active: true });
            return;
        }
        confirm({
            title: t('admin.closeTitle', { name: user.name }), detail: t('admin.closeDetail'),
            action: t('admin.closeAccount'), onYes: () => { change.mutate({ is_active: false }); },
        });
    };
    return (
        <Table.Tr>
            <Table.Td>
                {user.is_active && !isSelf && (
                    <Checkbox size="xs" aria-label={t('admin.choose', { name: user.name })} checked={isChosen}
                        onChange={(event) => { onChosen(event.currentTarget.checked); }} />
                )}
            </Table.Td>
            <Table.Td>
                <Group gap={8}>
                    <Text size="sm" fw={600}>{user.name}</Text>
                    {isSelf && <Badge size="sm" color="gray" tt="none">{t('members.you')}</Badge>}
                    {!user.is_active && <Badge size="sm" color="red" tt="none">{t('admin.closed')}</Badge>}
                </Group>
                <Text size="xs" c="dimmed">{user.email}</Text>
            </Table.Td>
            <Table.Td ta="right" className="numbers">{user.projects_count}</Table.Td>
            <Table.Td ta="right" className="numbers">{user.teams_count}</Table.Td>
            <Table.Td c="dimmed"><Moment at={user.last_login_at} never={t('servers.never')} /></Table.Td>
            <Table.Td><Switch size="sm" checked={user.is_admin} disabled={isSelf || change.isPending} aria-label={t('admin.isAdmin', { name: user.name })}
                onChange={() => { change.mutate({ is_admin: !user.is_admin }); }} /></Table.Td>
            <Table.Td><Switch size="sm" checked={user.is_active} disabled={isSelf || change.isPending} aria-label={t('admin.isActive', { name: user.name })}
                onChange={toggleActive} /></Table.Td>
            <Table.Td ta="right"><RowMenu user={user} isSelf={isSelf} /></Table.Td>
        </Table.Tr>
    );
}

function RowMenu({ user, isSelf }: { user: User; isSelf: boolean }) {
    const { t } = useTranslation();
    const [shown, setShown] = useState<'edit' | 'password' | null>(null);
    const onClose = () => { setShown(null); };
    return (
        <>
            <Menu position="bottom-end" shadow="md">
                <Menu.Target>
                    <ActionIcon variant="subtle" color="gray" aria-label={t('servers.menuNamed', { name: user.name })}><IconDots size={17} /></ActionIcon>
                </Menu.Target>
                <Menu.Dropdown>
                    <Menu.Item leftSection={<IconPencil size={16} />} onClick={() => { setShown('edit'); }}>{t('action.edit')}</Menu.Item>
                    {!isSelf && <Menu.Item leftSection={<IconPassword size={16} />} onClick={() => { setShown('password'); }}>{t('admin.resetPassword')}</Menu.Item>}
                </Menu.Dropdown>
            </Menu>
            <EditUser user={user} isOpen={shown === 'edit'} onClose={onClose} />
            <ResetPassword user={user} isOpen={shown === 'password'} onClose={onClose} />
        </>
    );
}
