import { Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { projectRoster } from '@/api/members';
import { deleteProject, leaveProject, projectQuery, projectsQuery, transferProject } from '@/api/projects';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Page } from '@/parts/page';
import { DangerZone } from './danger_zone';
import { GeneralForm } from './general_form';
import { SecurityForm } from './security_form';

export function SettingsPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/settings' });
    const { data } = useSuspenseQuery(projectQuery(project));
    const { owns } = useAccess(project);
    useDocumentTitle(t('tabs.settings'), project);
    return (
        <Page title={t('tabs.settings')} note={owns ? undefined : t('settings.readOnly')} width={760}>
            <Stack gap="md">
                <GeneralForm project={data} owns={owns} />
                <SecurityForm project={project} owns={owns} />
                <DangerZone house={{
                    name: data.name, title: data.display_name, owns, roster: projectRoster(project),
                    isMember: data.user_role !== null, home: '/projects', list: projectsQuery.queryKey,
                    leave: () => leaveProject(project),
                    transfer: (email) => transferProject(project, email),
                    remove: () => deleteProject(project),
                    words: {
                        leave: t('settings.leave'), leaveHint: t('settings.leaveHint'), delete: t('settings.delete'),
                        deleteHint: t('settings.deleteHint'), deleteDetail: t('settings.deleteDetail'), notDeleted: t('settings.notDeleted'),
                    },
                }} />
            </Stack>
        </Page>
    );
}
