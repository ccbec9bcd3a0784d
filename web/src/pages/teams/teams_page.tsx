import { useQuery } from '@tanstack/react-query';
import { IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { teamsQuery } from '@/api/teams';
import { CardList } from '@/parts/card_list';
import { useDocumentTitle } from '@/parts/document_title';
import { NewTeam } from './new_team';
import { TeamCard } from './team_card';

export function TeamsPage() {
    const { t } = useTranslation();
    const [creating, setCreating] = useState(false);
    const list = useQuery(teamsQuery);
    useDocumentTitle(t('teams.title'));
    return (
        <>
            <CardList list={list} icon={<IconUsersGroup />} onCreate={() => { setCreating(true); }}
                namesOf={({ name, slug, description }) => [name, slug, description]}
                card={(team) => <TeamCard key={team.id} team={team} />}
                noMatch={(search) => t('teams.noMatch', { search })}
                words={{
                    title: t('teams.title'), search: t('teams.search'), create: t('teams.new'),
                    failed: t('teams.failed'), none: t('teams.none'), noneHint: t('teams.noneHint'),
                }} />
            <NewTeam opened={creating} onClose={() => { setCreating(false); }} />
        </>
    );
}
