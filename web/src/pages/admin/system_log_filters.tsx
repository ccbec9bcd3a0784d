import { Group, MultiSelect, Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { projectsQuery } from '@/api/projects';
import { logCategories, type ServerLogFilter } from '@/api/server_logs';
import { serversQuery } from '@/api/servers';
import { LevelChips } from '@/parts/log_lines/level_chips';
import { SettledSearch } from '@/parts/settled_search';

interface Props {
    search: ServerLogFilter;
    onSearch: (change: { [Name in keyof ServerLogFilter]: ServerLogFilter[Name] | undefined }) => void;
}

/** Wide enough for names, and two beside each other on a telephone. */
const field = { flex: '1 1 150px', maw: 220 };

const listed = (values: string[]): string[] | undefined => (values.length === 0 ? undefined : values);

export function SystemLogFilters({ search, onSearch }: Props) {
    const { t } = useTranslation();
    const { data: projects } = useQuery(projectsQuery);
    const { category = [], project_id: project } = search;
    return (
        <Group gap="sm" mb="sm">
            <SettledSearch value={search.search_text ?? ''} label={t('server.searchLog')} flex="1 1 200px"
                onValue={(text) => { onSearch({ search_text: text === '' ? undefined : text }); }} />
            <Select aria-label={t('admin.project')} placeholder={t('admin.allProjects')} clearable searchable {...field} value={project ?? null}
                onChange={(next) => { onSearch({ project_id: next ?? undefined, server_id: undefined }); }}
                data={(projects ?? []).map(({ name, display_name }) => ({ value: name, label: display_name }))} />
            {project !== undefined && (
                <ServerSelect key={project} project={project} value={search.server_id ?? null}
                    onValue={(next) => { onSearch({ server_id: next ?? undefined }); }} />
            )}
            <MultiSelect aria-label={t('admin.category')} placeholder={category.length === 0 ? t('admin.allCategories') : undefined} clearable {...field} value={category}
                onChange={(next) => { onSearch({ category: listed(next) }); }}
                data={logCategories.map((each) => ({ value: each, label: t(`server.category.${each}`) }))} />
            <LevelChips levels={search.level ?? []} onLevels={(next) => { onSearch({ level: listed(next) }); }} />
        </Group>
    );
}

/** The servers of a project are read when somebody wants to choose one. */
function ServerSelect({ project, value, onValue }: { project: string; value: string | null; onValue: (server: string | null) => void }) {
    const { t } = useTranslation();
    const [isWanted, setWanted] = useState(false);
    const { data } = useQuery({ ...serversQuery(project), enabled: isWanted });
    const names = data?.map(({ name }) => name) ?? (value === null ? [] : [value]);
    return (
        <Select aria-label={t('logs.server')} placeholder={t('overview.allServers')} clearable searchable {...field} value={value}
            onDropdownOpen={() => { setWanted(true); }} onChange={onValue} data={names} />
    );
}
