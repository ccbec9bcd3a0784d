import { Button, Checkbox, Table } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { IconSearch, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usersQuery } from '@/api/admin';
import { accountQuery } from '@/api/session';
import { Empty } from '@/parts/empty';
import { CloseChosen } from './close_chosen';
import { Listing, useListState } from './listing';
import { NewUser } from './new_user';
import { UserRow } from './user_row';

export function UsersPage() {
    const { t } = useTranslation();
    const state = useListState();
    const [chosen, setChosen] = useState<string[]>([]);
    const [isCreating, setCreating] = useState(false);
    const list = useQuery(usersQuery(state.search, state.page));
    const { data: account } = useSuspenseQuery(accountQuery);
    const open = (list.data?.users ?? []).filter(({ id, is_active }) => is_active && id !== account.id);
    const isChosen = (id: string) => chosen.includes(id);
    const count = open.filter(({ id }) => isChosen(id)).length;
    return (
        <Listing title={t('admin.users')} searchLabel={t('admin.searchUsers')} state={state} list={list} minWidth={860}
            rows={({ users }) => users.map((user) => (
                <UserRow key={user.id} user={user} isChosen={isChosen(user.id)} onChosen={(next) => {
                    setChosen(next ? [...chosen, user.id] : chosen.filter((each) => each !== user.id));
                }} />
            ))}
            empty={state.search === '' ? <Empty icon={<IconUsers />} title={t('admin.noUsers')} />
                : <Empty icon={<IconSearch />} title={t('admin.noUser', { search: state.search })} />}
            actions={(
                <>
                    <CloseChosen users={open.filter(({ id }) => isChosen(id))} onDone={() => { setChosen([]); }} />
                    <Button leftSection={<IconUserPlus size={16} />} onClick={() => { setCreating(true); }}>{t('admin.newUser')}</Button>
                    <NewUser isOpen={isCreating} onClose={() => { setCreating(false); }} />
                </>
            )}
            head={(
                <>
                    <Table.Th w={36}>
                        <Checkbox size="xs" aria-label={t('admin.chooseAll')} disabled={open.length === 0} checked={count > 0 && count === open.length}
                            indeterminate={count > 0 && count < open.length} onChange={() => { setChosen(count === open.length ? [] : open.map(({ id }) => id)); }} />
                    </Table.Th>
                    <Table.Th>{t('members.person')}</Table.Th><Table.Th ta="right">{t('projects.title')}</Table.Th>
                    <Table.Th ta="right">{t('admin.teams')}</Table.Th><Table.Th>{t('admin.lastSignIn')}</Table.Th>
                    <Table.Th>{t('role.administrator')}</Table.Th><Table.Th>{t('admin.active')}</Table.Th>
                    <Table.Th ta="right">{t('servers.actions')}</Table.Th>
                </>
            )} />
    );
}
