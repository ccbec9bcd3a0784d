import { Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconFolderOpen } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { teamProjectsQuery, teamQuery } from '@/api/teams';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { TableCard } from '@/parts/table_card';
import { ProjectRow } from './project_row';

export function TeamProjectsPage() {
    const { t } = useTranslation();
    const { team } = useParams({ from: '/signed-in/teams/$team/projects' });
    const { data: { name } } = useSuspenseQuery(teamQuery(team));
    const { data, isPending, isError, error, refetch } = useQuery(teamProjectsQuery(team));
    useDocumentTitle(t('projects.title'), name);
    return (
        <Page title={t('projects.title')} note={data?.length}>
            {isError && <Failure failure={error} what={t('projects.failed')} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={200} />}
            {data?.length === 0 && <Empty icon={<IconFolderOpen />} title={t('teams.noProjects')}>{t('teams.noProjectsHint')}</Empty>}
            {data !== undefined && data.length > 0 && (
                <TableCard minWidth={560} head={(
                    <>
                        <Table.Th>{t('teams.project')}</Table.Th><Table.Th>{t('teams.yourRole')}</Table.Th>
                        <Table.Th ta="right">{t('tabs.servers')}</Table.Th><Table.Th ta="right">{t('tabs.members')}</Table.Th>
                        <Table.Th><VisuallyHidden>{t('servers.actions')}</VisuallyHidden></Table.Th>
                    </>
                )}>
                    {data.map((project) => <ProjectRow key={project.id} team={team} teamName={name} project={project} />)}
                </TableCard>
            )}
        </Page>
    );
}
