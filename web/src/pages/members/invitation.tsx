import { Tabs } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { projectRoster } from '@/api/members';
import { InvitePerson } from './invite_person';
import { InviteTeam } from './invite_team';

/** Asks a person or a whole team into a project; stands in a dialogue. */
export function Invitation({ project, onDone }: { project: string; onDone: () => void }) {
    const { t } = useTranslation();
    return (
        <Tabs defaultValue="person" keepMounted={false}>
            <Tabs.List mb="md"><Tabs.Tab value="person">{t('members.person')}</Tabs.Tab><Tabs.Tab value="team">{t('members.team')}</Tabs.Tab></Tabs.List>
            <Tabs.Panel value="person"><InvitePerson roster={projectRoster(project)} onDone={onDone} /></Tabs.Panel>
            <Tabs.Panel value="team"><InviteTeam project={project} onDone={onDone} /></Tabs.Panel>
        </Tabs>
    );
}
