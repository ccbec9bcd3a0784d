import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { projectRoster } from '@/api/members';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Invitation } from './invitation';
import { PeoplePage } from './people_page';

export function MembersPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/members' });
    const { owns } = useAccess(project);
    const roster = projectRoster(project);
    useDocumentTitle(t('tabs.members'), project);
    return (
        <PeoplePage roster={roster} owns={owns} noneHint={t('members.noneHint')} removeDetail={t('members.removeDetail')} invitation={(onDone) => (
            <Invitation project={project} onDone={onDone} />
        )} />
    );
}
