import { Anchor, Select, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconKey, IconSearch } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { allKeysQuery, keyStates, type KeyState } from '@/api/admin';
import { projectsQuery } from '@/api/projects';
import type { Answer } from '@/api/types';
import { Empty } from '@/parts/empty';
import { Moment } from '@/parts/moment';
import { KeyStatus } from '../keys/key_status';
import { KeyActions } from './key_actions';
import { KeyTiles } from './key_tiles';
import { Listing, useListState } from './listing';

type Key = Answer<'/api/admin/api-keys'>['api_keys'][number];

export function AllKeysPage() {
    const { t } = useTranslation();
    const list = useListState();
    const [project, setProject] = useState<string | null>(null);
    const [state, setState] = useState<KeyState | null>(null);
    const found = useQuery(allKeysQuery({ search: list.search, page: list.page, project, state }));
    const { data: projects } = useQuery(projectsQuery);
    const isNarrowed = list.search !== '' || project !== null || state !== null;
    return (
        <Listing title={t('tabs.keys')} searchLabel={t('admin.searchKeys')} state={list} list={found} minWidth={900} above={<KeyTiles />}
            rows={({ api_keys }) => api_keys.map((key) => <Row key={key.id} entry={key} />)}
            empty={isNarrowed ? <Empty icon={<IconSearch />} title={t('admin.noKey')} />
                : <Empty icon={<IconKey />} title={t('keys.none')}>{t('admin.noKeysHint')}</Empty>}
            actions={(
                <>
                    <Select aria-label={t('admin.project')} placeholder={t('admin.allProjects')} clearable searchable w={190} value={project}
                        onChange={(next) => { setProject(next); list.setPage(1); }}
                        data={(projects ?? []).map(({ name, display_name }) => ({ value: name, label: display_name }))} />
                    <Select aria-label={t('admin.keyState')} placeholder={t('admin.allStates')} clearable w={150} value={state}
                        onChange={(next) => { setState(next); list.setPage(1); }}
                        data={keyStates.map((each) => ({ value: each, label: t(`admin.keyStates.${each}`) }))} />
                </>
            )}
            head={(
                <>
                    <Table.Th>{t('keys.key')}</Table.Th><Table.Th>{t('admin.project')}</Table.Th><Table.Th>{t('servers.status')}</Table.Th>
                    <Table.Th>{t('admin.madeBy')}</Table.Th><Table.Th>{t('servers.lastUsed')}</Table.Th><Table.Th>{t('keys.expires')}</Table.Th>
                    <Table.Th ta="right">{t('servers.actions')}</Table.Th>
                </>
            )} />
    );
}

function Row({ entry }: { entry: Key }) {
    const { t } = useTranslation();
    return (
        <Table.Tr>
            <Table.Td>
                <Text size="sm" fw={600}>{entry.name}</Text>
                <Text size="xs" c="dimmed" className="mono">{entry.key_prefix}…{entry.key_suffix}</Text>
            </Table.Td>
            <Table.Td>
                <Anchor size="sm" renderRoot={(props) => <Link to="/projects/$project/keys" params={{ project: entry.project_name }} {...props} />}>{entry.project_name}</Anchor>
            </Table.Td>
            <Table.Td><KeyStatus entry={entry} /></Table.Td>
            <Table.Td>{entry.created_by_name ?? '—'}</Table.Td>
            <Table.Td><Moment at={entry.last_used_at} never={t('servers.never')} />{entry.last_used_ip !== null && <Text size="xs" c="dimmed">{entry.last_used_ip}</Text>}</Table.Td>
            <Table.Td><Moment at={entry.expires_at} never={t('servers.never')} /></Table.Td>
            <Table.Td ta="right"><KeyActions entry={entry} /></Table.Td>
        </Table.Tr>
    );
}
