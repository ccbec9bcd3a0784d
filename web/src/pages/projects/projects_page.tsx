import { Button, Container, Group, SimpleGrid, Skeleton, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconFolderOpen, IconPlus, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectsQuery } from '@/api/projects';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { named } from '@/parts/search_words';
import { NewProject } from './new_project';
import { ProjectCard } from './project_card';

export function ProjectsPage() {
    const { t } = useTranslation();
    const [search, setSearch] = useState('');
    const [creating, setCreating] = useState(false);
    const { data, isPending, isError, error, refetch } = useQuery(projectsQuery);
    useDocumentTitle(t('projects.title'));
    const found = (data ?? []).filter((project) =>
        named(search, project.name, project.display_name, project.description));
    const create = (
        <Button leftSection={<IconPlus size={16} />} onClick={() => { setCreating(true); }}>{t('projects.new')}</Button>
    );
    return (
        <Container component="main" id="content" size="lg" py="lg">
            <Group justify="space-between" mb="md">
                <Group gap="xs" align="baseline">
                    <Title order={1}>{t('projects.title')}</Title>
                    {data !== undefined && <Text c="dimmed" className="numbers">{data.length}</Text>}
                </Group>
                <Group gap="sm" flex="1 1 280px" justify="flex-end" wrap="nowrap">
                    <TextInput value={search} onChange={(event) => { setSearch(event.currentTarget.value); }}
                        leftSection={<IconSearch size={16} />} placeholder={t('projects.search')}
                        aria-label={t('projects.search')} w="100%" maw={280} />
                    {create}
                </Group>
            </Group>
            {isError && <Failure failure={error} what={t('projects.failed')} onRetry={() => { void refetch(); }} />}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
                {isPending && [0, 1, 2].map((card) => <Skeleton key={card} h={148} radius="md" />)}
                {found.map((project) => <ProjectCard key={project.id} project={project} />)}
            </SimpleGrid>
            {data?.length === 0
                && <Empty icon={<IconFolderOpen />} title={t('projects.none')} action={create}>{t('projects.noneHint')}</Empty>}
            {data !== undefined && data.length > 0 && found.length === 0
                && <Empty icon={<IconSearch />} title={t('projects.noMatch', { search })} />}
            <NewProject opened={creating} onClose={() => { setCreating(false); }} />
        </Container>
    );
}
