import { Grid, Stack } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '@/api/projects';
import { serversQuery } from '@/api/servers';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Failure } from '@/parts/failure';
import { FavouriteStar } from '@/parts/favourite_star';
import { Page } from '@/parts/page';
import { RecentActivity } from '@/parts/recent_activity';
import { CallsCard } from './calls_card';
import { ConnectionCard } from './connection_card';
import { QuickActions } from './quick_actions';
import { StatusCard } from './status_card';

export function OverviewPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/overview' });
    const { data } = useSuspenseQuery(projectQuery(project));
    const servers = useQuery(serversQuery(project));
    const { develops } = useAccess(project);
    useDocumentTitle(data.display_name);
    return (
        <Page title={data.display_name} mark={<FavouriteStar project={project} target={{ kind: 'project', id: data.id, name: data.display_name }} />}
            note={data.description === '' ? undefined : data.description}
            actions={<QuickActions project={project} />}>
            <Grid gap="md">
                <Grid.Col span={{ base: 12, md: 8 }}>
                    <Stack gap="md">
                        <CallsCard project={project} />
                        <ConnectionCard project={project} servers={servers.data ?? []} unified={data.unified_mcp_enabled} />
                    </Stack>
                </Grid.Col>
                <Grid.Col span={{ base: 12, md: 4 }}>
                    <Stack gap="md">
                        {servers.isError
                            ? <Failure failure={servers.error} what={t('servers.failed')} onRetry={() => { void servers.refetch(); }} />
                            : <StatusCard project={project} servers={servers.data} develops={develops} />}
                        <RecentActivity events={data.recent_activity} noneHint={t('overview.noActivity')} />
                    </Stack>
                </Grid.Col>
            </Grid>
        </Page>
    );
}
