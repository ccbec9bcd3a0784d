import { Anchor, Badge, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconFolderOpen, IconSearch } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { allProjectsQuery } from '@/api/admin';
import type { Answer } from '@/api/types';
import { Empty } from '@/parts/empty';
import { Moment } from '@/parts/moment';
import { Listing, useListState } from './listing';
import { OwnerName } from './owner_name';

type Project = Answer<'/api/admin/projects'>['projects'][number];

export function AllProjectsPage() {
    const { t } = useTranslation();
    const state = useListState();
    const list = useQuery(allProjectsQuery(state.search, state.page));
    return (
        <Listing title={t('projects.title')} searchLabel={t('projects.search')} state={state} list={list} minWidth={860}
            rows={({ projects }) => projects.map((project) => <Row key={project.id} project={project} />)}
            empty={state.search === '' ? <Empty icon={<IconFolderOpen />} title={t('projects.none')}>{t('projects.noneHint')}</Empty>
                : <Empty icon={<IconSearch />} title={t('projects.noMatch', { search: state.search })} />}
            head={(
                <>
                    <Table.Th>{t('admin.project')}</Table.Th><Table.Th>{t('role.owner')}</Table.Th>
                    <Table.Th ta="right">{t('tabs.members')}</Table.Th><Table.Th ta="right">{t('tabs.servers')}</Table.Th>
                    <Table.Th ta="right">{t('tabs.keys')}</Table.Th><Table.Th>{t('server.access')}</Table.Th><Table.Th>{t('admin.made')}</Table.Th>
                </>
            )} />
    );
}

function Row({ project }: { project: Project }) {
    const { t } = useTranslation();
    const params = { project: project.name };
    return (
        <Table.Tr>
            <Table.Td maw={320}>
                <Anchor size="sm" fw={600} renderRoot={(props) => <Link to="/projects/$project/overview" params={params} {...props} />}>{project.display_name}</Anchor>
                {project.display_name !== project.name && <Text size="xs" c="dimmed" className="mono">{project.name}</Text>}
                <Text size="xs" c="dimmed" truncate>{project.description}</Text>
            </Table.Td>
            <Table.Td><OwnerName name={project.owner_name} email={project.owner_email} /></Table.Td>
            <Table.Td ta="right" className="numbers">
                <Anchor size="sm" renderRoot={(props) => <Link to="/projects/$project/members" params={params} {...props} />}>{project.member_count}</Anchor>
            </Table.Td>
            <Table.Td ta="right" className="numbers">
                <Anchor size="sm" renderRoot={(props) => <Link to="/projects/$project/servers" params={params} {...props} />}>{project.server_count}</Anchor>
            </Table.Td>
            <Table.Td ta="right" className="numbers">
                <Anchor size="sm" renderRoot={(props) => <Link to="/projects/$project/keys" params={params} {...props} />}>{project.api_key_count}</Anchor>
            </Table.Td>
            <Table.Td><Badge color={project.auth_required ? 'teal' : 'orange'} tt="none">{project.auth_required ? t('server.withKey') : t('server.withoutKey')}</Badge></Table.Td>
            <Table.Td c="dimmed"><Moment at={project.created_at} /></Table.Td>
        </Table.Tr>
    );
}
