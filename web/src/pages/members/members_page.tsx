import { Tabs } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { projectRoster } from '@/api/members';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { InvitePerson } from './invite_person';
import { InviteTeam } from './invite_team';
import { PeoplePage } from './people_page';

export function MembersPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/members' });
    const { owns } = useAccess(project);
    const roster = projectRoster(project);
    useDocumentTitle(t('tabs.members'), project);
    return (
        <PeoplePage roster={roster} owns={owns} noneHint={t('members.noneHint')} removeDetail={t('members.removeDetail')} invitation={(onDone) => (
            <Tabs defaultValue="person" keepMounted={false}>
                <Tabs.List mb="md"><Tabs.Tab value="person">{t('members.person')}</Tabs.Tab><Tabs.Tab value="team">{t('members.team')}</Tabs.Tab></Tabs.List>
                <Tabs.Panel value="person"><InvitePerson roster={roster} onDone={onDone} /></Tabs.Panel>
                <Tabs.Panel value="team"><InviteTeam project={project} onDone={onDone} /></Tabs.Panel>
            </Tabs>
        )} />
    );
}
