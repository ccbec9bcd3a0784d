import { Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { deleteTeam, leaveTeam, teamQuery, teamRoster, teamsQuery, transferTeam } from '@/api/teams';
import { useDocumentTitle } from '@/parts/document_title';
import { Page } from '@/parts/page';
import { DangerZone } from '../settings/danger_zone';
import { useOwnsTeam } from './team_access';
import { TeamForm } from './team_form';

export function TeamSettingsPage() {
    const { t } = useTranslation();
    const { team } = useParams({ from: '/signed-in/teams/$team/settings' });
    const { data } = useSuspenseQuery(teamQuery(team));
    const owns = useOwnsTeam(team);
    useDocumentTitle(t('tabs.settings'), data.name);
    return (
        <Page title={t('tabs.settings')} note={owns ? undefined : t('settings.readOnly')} width={760}>
            <Stack gap="md">
                <TeamForm team={data} owns={owns} />
                <DangerZone house={{
                    name: data.name, title: data.name, owns, roster: teamRoster(team),
                    isMember: data.user_role !== null, home: '/teams', list: teamsQuery.queryKey,
                    leave: () => leaveTeam(team),
                    transfer: (email) => transferTeam(team, email),
                    remove: () => deleteTeam(team),
                    words: {
                        leave: t('teams.leave'), leaveHint: t('teams.leaveHint'), delete: t('teams.delete'),
                        deleteHint: t('teams.deleteHint'), deleteDetail: t('teams.deleteDetail'), notDeleted: t('teams.notDeleted'),
                    },
                }} />
            </Stack>
        </Page>
    );
}
