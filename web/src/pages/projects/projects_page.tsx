import { useQuery } from '@tanstack/react-query';
import { IconFolderOpen } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectsQuery } from '@/api/projects';
import { CardList } from '@/parts/card_list';
import { useDocumentTitle } from '@/parts/document_title';
import { NewProject } from './new_project';
import { ProjectCard } from './project_card';

export function ProjectsPage() {
    const { t } = useTranslation();
    const [creating, setCreating] = useState(false);
    const list = useQuery(projectsQuery);
    useDocumentTitle(t('projects.title'));
    return (
        <>
            <CardList list={list} icon={<IconFolderOpen />} onCreate={() => { setCreating(true); }}
                namesOf={({ name, display_name, description }) => [name, display_name, description]}
                card={(project) => <ProjectCard key={project.id} project={project} />}
                noMatch={(search) => t('projects.noMatch', { search })}
                words={{
                    title: t('projects.title'), search: t('projects.search'), create: t('projects.new'),
                    failed: t('projects.failed'), none: t('projects.none'), noneHint: t('projects.noneHint'),
                }} />
            <NewProject opened={creating} onClose={() => { setCreating(false); }} />
        </>
    );
}
