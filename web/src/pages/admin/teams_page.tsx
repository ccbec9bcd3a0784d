import { Anchor, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconSearch, IconUsersGroup } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { allTeamsQuery } from '@/api/admin';
import type { Answer } from '@/api/types';
import { Empty } from '@/parts/empty';
import { Moment } from '@/parts/moment';
import { Listing, useListState } from './listing';
import { OwnerName } from './owner_name';

type Team = Answer<'/api/admin/teams'>['teams'][number];

export function AllTeamsPage() {
    const { t } = useTranslation();
    const state = useListState();
    const list = useQuery(allTeamsQuery(state.search, state.page));
    return (
        <Listing title={t('admin.teams')} searchLabel={t('admin.searchTeams')} state={state} list={list} minWidth={680}
            rows={({ teams }) => teams.map((team) => <Row key={team.id} team={team} />)}
            empty={state.search === '' ? <Empty icon={<IconUsersGroup />} title={t('admin.noTeams')}>{t('admin.noTeamsHint')}</Empty>
                : <Empty icon={<IconSearch />} title={t('admin.noTeam', { search: state.search })} />}
            head={(
                <>
                    <Table.Th>{t('members.team')}</Table.Th><Table.Th>{t('role.owner')}</Table.Th>
                    <Table.Th ta="right">{t('tabs.members')}</Table.Th><Table.Th ta="right">{t('projects.title')}</Table.Th>
                    <Table.Th>{t('admin.made')}</Table.Th>
                </>
            )} />
    );
}

function Row({ team }: { team: Team }) {
    return (
        <Table.Tr>
            <Table.Td maw={320}>
                <Anchor size="sm" fw={600} renderRoot={(props) => (
                    <Link to="/teams/$team/overview" params={{ team: team.slug }} {...props} />
                )}>{team.name}</Anchor>
                <Text size="xs" c="dimmed" className="mono">{team.slug}</Text>
                <Text size="xs" c="dimmed" truncate>{team.description}</Text>
            </Table.Td>
            <Table.Td><OwnerName name={team.owner_name} email={team.owner_email} /></Table.Td>
            <Table.Td ta="right" className="numbers">{team.member_count}</Table.Td>
            <Table.Td ta="right" className="numbers">{team.project_count}</Table.Td>
            <Table.Td c="dimmed"><Moment at={team.created_at} /></Table.Td>
        </Table.Tr>
    );
}
