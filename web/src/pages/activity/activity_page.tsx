import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityFilter } from '@/api/activities';
import { useDocumentTitle } from '@/parts/document_title';
import { ActivityFeed } from './activity_feed';

const from = '/signed-in/projects/$project/activity';
const targets = ['project', 'server', 'tool', 'api_key', 'member', 'team'] as const;

export function ActivityPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const filter = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/activity' });
    useDocumentTitle(t('tabs.activity'), project);
    const narrow = useCallback((change: ActivityFilter) => {
        void navigate({ replace: true, search: (before) => ({ ...before, ...change }) });
    }, [navigate]);
    return <ActivityFeed of={{ project }} filter={filter} targets={targets} noneHint={t('overview.noActivity')} onFilter={narrow} />;
}
