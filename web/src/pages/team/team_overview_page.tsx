import { Anchor, Grid, Stack } from '@mantine/core';
import { useInfiniteQuery, useSuspenseQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { activitiesQuery } from '@/api/activities';
import { teamQuery } from '@/api/teams';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { RecentActivity } from '@/parts/recent_activity';
import { MembersCard } from './members_card';
import { ProjectsCard } from './projects_card';
import { TeamFacts } from './team_facts';

export function TeamOverviewPage() {
    const { t } = useTranslation();
    const { team } = useParams({ from: '/signed-in/teams/$team/overview' });
    const { data } = useSuspenseQuery(teamQuery(team));
    const activity = useInfiniteQuery(activitiesQuery({ team }, {}));
    useDocumentTitle(data.name);
    return (
        <Page title={data.name} note={data.description === '' ? undefined : data.description}>
            <Grid gap="md">
                <Grid.Col span={{ base: 12, md: 8 }}>
                    <Stack gap="md">
                        <ProjectsCard team={team} />
                        {activity.isError
                            ? <Failure failure={activity.error} what={t('activity.failed')} onRetry={() => { void activity.refetch(); }} />
                            : <RecentActivity events={activity.data?.pages[0]?.activities} noneHint={t('teams.noActivity')}
                                more={<Anchor size="sm" renderRoot={(props) => <Link to="/teams/$team/activity" params={{ team }} {...props} />}>{t('teams.all')}</Anchor>} />}
                    </Stack>
                </Grid.Col>
                <Grid.Col span={{ base: 12, md: 4 }}>
                    <Stack gap="md"><TeamFacts team={data} /><MembersCard team={team} /></Stack>
                </Grid.Col>
            </Grid>
        </Page>
    );
}
