import { SegmentedControl } from '@mantine/core';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { PageState } from '@/api/sessions';
import { useDocumentTitle } from '@/parts/document_title';
import { Page } from '@/parts/page';
import { SessionList } from './session_list';

const from = '/signed-in/projects/$project/sessions';

export function SessionsPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const { state = 'live' } = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/sessions' });
    useDocumentTitle(t('tabs.sessions'), project);
    return (
        <Page title={t('tabs.sessions')} note={state === 'live' ? t('sessions.refreshes') : undefined} actions={(
            <SegmentedControl aria-label={t('sessions.which')} value={state}
                onChange={(next) => { void navigate({ search: next === 'live' ? {} : { state: next as PageState } }); }}
                data={[{ value: 'live', label: t('sessions.live') }, { value: 'ended', label: t('sessions.past') }]} />
        )}>
            <SessionList project={project} filter={{ state }} hint={t('sessions.noneHint')}
                none={state === 'live' ? t('sessions.noneLive') : t('sessions.nonePast')} />
        </Page>
    );
}
