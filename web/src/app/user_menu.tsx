import { Avatar, Menu, Text, UnstyledButton, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { IconLogout, IconShield, IconUser } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { accountQuery, signOut } from '@/api/session';
import { tellFailure } from '@/parts/notice';
import { queryClient } from './query_client';

export function UserMenu() {
    const { t } = useTranslation();
    const navigate = useNavigate();
    const { data } = useQuery(accountQuery);
    const leave = useMutation({
        mutationFn: signOut,
        onSuccess: async () => {
            await navigate({ to: '/signin' });
            queryClient.clear();
        },
        onError: (failure) => { tellFailure(t('shell.signOutFailed'), failure); },
    });
    return (
        <Menu position="bottom-end" shadow="md" width={220}>
            <Menu.Target>
                <UnstyledButton style={{ borderRadius: 99 }}>
                    <Avatar name={data?.name} aria-hidden="true" color="iris" size={32} radius="xl" />
                    <VisuallyHidden>{t('shell.account', { name: data?.name ?? '' })}</VisuallyHidden>
                </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown>
                <Menu.Label>
                    <Text size="sm" fw={600} truncate>{data?.name}</Text>
                    <Text size="xs" truncate>{data?.email}</Text>
                </Menu.Label>
                <Menu.Divider />
                <Menu.Item leftSection={<IconUser size={16} />} component={Link} to="/profile">
                    {t('shell.profile')}
                </Menu.Item>
                {data?.is_admin === true && (
                    <Menu.Item leftSection={<IconShield size={16} />} component={Link} to="/admin/system">{t('admin.title')}</Menu.Item>
                )}
                <Menu.Item leftSection={<IconLogout size={16} />} onClick={() => { leave.mutate(); }}>
                    {t('shell.signOut')}
                </Menu.Item>
            </Menu.Dropdown>
        </Menu>
    );
}
