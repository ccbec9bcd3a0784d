import { useSuspenseQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { ActivityFilter } from '@/api/activities';
import { teamQuery } from '@/api/teams';
import { useDocumentTitle } from '@/parts/document_title';
import { ActivityFeed } from '../activity/activity_feed';

const from = '/signed-in/teams/$team/activity';
const targets = ['team', 'member'] as const;

export function TeamActivityPage() {
    const { t } = useTranslation();
    const { team } = useParams({ from });
    const filter = useSearch({ from });
    const navigate = useNavigate({ from: '/teams/$team/activity' });
    const { data } = useSuspenseQuery(teamQuery(team));
    useDocumentTitle(t('tabs.activity'), data.name);
    const narrow = useCallback((change: ActivityFilter) => {
        void navigate({ replace: true, search: (before) => ({ ...before, ...change }) });
    }, [navigate]);
    return <ActivityFeed of={{ team }} filter={filter} targets={targets} noneHint={t('teams.noActivity')} onFilter={narrow} />;
}
