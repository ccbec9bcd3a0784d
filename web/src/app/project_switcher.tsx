import { Loader, Menu, ScrollArea, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { IconSelector } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery, projectsQuery } from '@/api/projects';
import { named } from '@/parts/search_words';
import styles from './header.module.css';

/** The list is asked for when the menu opens, so that no page pays for it. */
function Choices({ current }: { current: string }) {
    const { t } = useTranslation();
    const navigate = useNavigate();
    const [search, setSearch] = useState('');
    const { data, isPending } = useQuery(projectsQuery);
    const found = (data ?? []).filter((project) => named(search, project.name, project.display_name));
    return (
        <>
            <TextInput aria-label={t('projects.search')} placeholder={t('projects.search')} data-autofocus
                value={search} onChange={(event) => { setSearch(event.currentTarget.value); }} m={4} />
            <ScrollArea.Autosize mah={320}>
                {isPending && <Loader size="sm" m="sm" aria-label={t('shell.loading')} />}
                {found.map((project) => (
                    <Menu.Item key={project.id} fw={project.name === current ? 600 : 400}
                        onClick={() => {
                            void navigate({ to: '/projects/$project/overview', params: { project: project.name } });
                        }}>
                        <Text size="sm" fw="inherit" truncate>{project.display_name}</Text>
                        <Text size="xs" c="dimmed" className="mono">{project.name}</Text>
                    </Menu.Item>
                ))}
            </ScrollArea.Autosize>
            <Menu.Divider />
            <Menu.Item onClick={() => { void navigate({ to: '/projects' }); }}>{t('projects.all')}</Menu.Item>
        </>
    );
}

export function ProjectSwitcher({ project }: { project: string }) {
    const { t } = useTranslation();
    const { data } = useQuery({ ...projectQuery(project), enabled: false });
    const name = data?.display_name ?? project;
    return (
        <Menu width={280} position="bottom-start" shadow="md">
            <Menu.Target>
                <UnstyledButton className={styles.switcher} aria-label={t('shell.switchProject', { name })}>
                    <span>{name}</span><IconSelector size={15} />
                </UnstyledButton>
            </Menu.Target>
            <Menu.Dropdown><Choices current={project} /></Menu.Dropdown>
        </Menu>
    );
}
