import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamQuery, teamRoster } from '@/api/teams';
import { useDocumentTitle } from '@/parts/document_title';
import { InvitePerson } from '../members/invite_person';
import { PeoplePage } from '../members/people_page';
import { useOwnsTeam } from './team_access';

export function TeamMembersPage() {
    const { t } = useTranslation();
    const { team } = useParams({ from: '/signed-in/teams/$team/members' });
    const { data } = useSuspenseQuery(teamQuery(team));
    const owns = useOwnsTeam(team);
    const roster = teamRoster(team);
    useDocumentTitle(t('tabs.members'), data.name);
    return (
        <PeoplePage roster={roster} owns={owns} noneHint={t('teams.noMembersHint')} removeDetail={t('teams.removeDetail')}
            invitation={(onDone) => <InvitePerson roster={roster} onDone={onDone} />} />
    );
}
