import { Anchor, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconServer2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { teamProjectsQuery } from '@/api/teams';
import { Failure } from '@/parts/failure';

const shownMax = 6;

export function ProjectsCard({ team }: { team: string }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(teamProjectsQuery(team));
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Group gap="xs" align="baseline"><Title order={2}>{t('projects.title')}</Title>{data !== undefined && <Text c="dimmed" className="numbers">{data.length}</Text>}</Group>
                <Anchor size="sm" renderRoot={(props) => <Link to="/teams/$team/projects" params={{ team }} {...props} />}>{t('teams.all')}</Anchor>
            </Group>
            {isError && <Failure failure={error} what={t('projects.failed')} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={90} />}
            {data?.length === 0 && <Text size="sm" c="dimmed">{t('teams.noProjectsHint')}</Text>}
            <Stack gap={10}>
                {data?.slice(0, shownMax).map((project) => (
                    <Group key={project.id} gap="sm" wrap="nowrap">
                        <Anchor size="sm" fw={600} renderRoot={(props) => <Link to="/projects/$project/overview" params={{ project: project.name }} {...props} />}>{project.name}</Anchor>
                        <Text size="sm" c="dimmed" truncate flex={1}>{project.description}</Text>
                        <Group gap={5} c="dimmed" fz="xs" wrap="nowrap" className="numbers"><IconServer2 size={15} />{t('projects.servers', { count: project.server_count })}</Group>
                    </Group>
                ))}
                {data !== undefined && data.length > shownMax && <Text size="xs" c="dimmed">{t('teams.more', { count: data.length - shownMax })}</Text>}
            </Stack>
        </Card>
    );
}
