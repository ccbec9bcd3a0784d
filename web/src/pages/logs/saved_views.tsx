import { ActionIcon, Button, Group, Loader, Popover, Stack, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconBookmark, IconTrash } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { queryString } from '@/api/client';
import { deleteLogView, logViewsQuery, saveLogView } from '@/api/log_views';
import { parseSearch } from '@/app/search_params';
import { Failure } from '@/parts/failure';
import { filterOf, readSearch, type LogSearch } from './log_search';

interface Props {
    project: string;
    search: LogSearch;
    onSearch: (search: LogSearch) => void;
}

/** Queries that are asked again and again, kept for oneself under a name. */
export function SavedViews({ project, search, onSearch }: Props) {
    const { t } = useTranslation();
    const [opened, setOpened] = useState(false);
    return (
        <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus width={290}>
            <Popover.Target>
                <ActionIcon variant="default" size={36} title={t('logs.views')} aria-label={t('logs.views')}
                    onClick={() => { setOpened(!opened); }}>
                    <IconBookmark size={17} />
                </ActionIcon>
            </Popover.Target>
            <Popover.Dropdown aria-label={t('logs.views')}>
                <Views project={project} search={search} onSearch={(next) => { onSearch(next); setOpened(false); }} />
            </Popover.Dropdown>
        </Popover>
    );
}

function Views({ project, search, onSearch }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const [name, setName] = useState('');
    const views = useQuery(logViewsQuery(project));
    const reload = () => queries.invalidateQueries({ queryKey: logViewsQuery(project).queryKey });
    const save = useMutation({
        mutationFn: () => saveLogView(project, { name: name.trim(), query: queryString({ ...filterOf(search) }) }),
        onSuccess: () => {
            setName('');
            return reload();
        },
    });
    const remove = useMutation({ mutationFn: (view: string) => deleteLogView(project, view), onSuccess: reload });
    const failure = views.error ?? save.error ?? remove.error;
    return (
        <Stack gap="xs">
            {failure !== null && <Failure failure={failure} />}
            {views.isPending && <Loader size="sm" aria-label={t('shell.loading')} />}
            {views.data?.length === 0 && <Text size="sm" c="dimmed">{t('logs.noViews')}</Text>}
            {views.data?.map((view) => (
                <Group key={view.id} gap={4} wrap="nowrap">
                    <UnstyledButton flex={1} miw={0} p={6} onClick={() => { onSearch(readSearch(parseSearch(view.query))); }}>
                        <Text size="sm" fw={550} truncate>{view.name}</Text>
                        <Text size="xs" c="dimmed" className="mono" truncate>{view.query}</Text>
                    </UnstyledButton>
                    <ActionIcon variant="subtle" color="gray" aria-label={t('logs.deleteView', { name: view.name })}
                        onClick={() => { remove.mutate(view.id); }}><IconTrash size={15} /></ActionIcon>
                </Group>
            ))}
            <form onSubmit={(event) => { event.preventDefault(); save.mutate(); }}>
                <Group gap={6} wrap="nowrap" align="flex-end">
                    <TextInput size="xs" flex={1} label={t('logs.saveThis')} value={name} maxLength={100}
                        onChange={(event) => { setName(event.currentTarget.value); }} />
                    <Button size="xs" type="submit" disabled={name.trim() === ''} loading={save.isPending}>{t('action.save')}</Button>
                </Group>
            </form>
        </Stack>
    );
}
