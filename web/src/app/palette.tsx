import { Modal, Text, TextInput, UnstyledButton } from '@mantine/core';
import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { IconFolder, IconLayoutList, IconSearch, IconServer2, IconShield, IconStarFilled, IconUsersGroup } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { favouritesQuery, toolOfTarget } from '@/api/favourites';
import { projectsQuery } from '@/api/projects';
import { serversQuery } from '@/api/servers';
import { accountQuery } from '@/api/session';
import { teamsQuery } from '@/api/teams';
import type { Favourite, Server } from '@/api/types';
import { named } from '@/parts/search_words';
import { adminPages } from './admin_pages';
import styles from './palette.module.css';

interface Target {
    path: string;
    name: string;
    detail: string;
    Icon: typeof IconFolder;
}

const shownMax = 12;

/** Where a favourite leads, and the server that it is at; nothing when that is gone. */
function placeOf(project: string, { favorite_type, target_id }: Favourite, servers: Server[]): { path: string; at?: string } | undefined {
    const here = `/projects/${encodeURIComponent(project)}`;
    if (favorite_type === 'project') {
        return { path: `${here}/overview` };
    }
    const isTool = favorite_type === 'tool';
    const { server: id, tool } = isTool ? toolOfTarget(target_id) : { server: target_id, tool: '' };
    const server = servers.find((each) => each.id === id);
    const path = `${here}/servers/${encodeURIComponent(server?.name ?? '')}`;
    return server && (isTool ? { path: `${path}?tool=${encodeURIComponent(tool)}`, at: server.name } : { path });
}

/** Only where a project is open: favourites belong to one. */
function useFavourites(project: string | undefined, servers: Server[] | undefined): Target[] {
    const { t } = useTranslation();
    const { data } = useQuery({ ...favouritesQuery(project ?? ''), enabled: project !== undefined });
    return (data ?? []).flatMap((favourite) => {
        const place = placeOf(project ?? '', favourite, servers ?? []);
        const detail = [place?.at, t('shell.favourite')].filter(Boolean).join(' · ');
        return place === undefined ? [] : [{ path: place.path, name: favourite.target_name, detail, Icon: IconStarFilled }];
    });
}

function useTargets(project: string | undefined): Target[] {
    const { t } = useTranslation();
    const { data: account } = useSuspenseQuery(accountQuery);
    const { data: projects } = useQuery(projectsQuery);
    const { data: teams } = useQuery(teamsQuery);
    const { data: servers } = useQuery({ ...serversQuery(project ?? ''), enabled: project !== undefined });
    const pages = ['overview', 'servers', 'tools', 'logs', 'metrics', 'sessions', 'members', 'keys', 'activity', 'settings'] as const;
    const here = `/projects/${encodeURIComponent(project ?? '')}`;
    const favourites = useFavourites(project, servers);
    const isNew = ({ path }: Target) => !favourites.some((favourite) => favourite.path === path);
    const targets: Target[] = [
        ...(project === undefined ? [] : pages.map((page) => ({
            path: `${here}/${page}`, name: t(`tabs.${page}`), detail: project, Icon: IconLayoutList,
        }))),
        ...(servers ?? []).map(({ name, description }) => ({
            path: `${here}/servers/${encodeURIComponent(name)}`, name, detail: description, Icon: IconServer2,
        })),
        ...(projects ?? []).map(({ name, display_name }) => ({
            path: `/projects/${encodeURIComponent(name)}/overview`, name: display_name, detail: t('projects.title'), Icon: IconFolder,
        })),
        ...(teams ?? []).map(({ slug, name }) => ({
            path: `/teams/${encodeURIComponent(slug)}/overview`, name, detail: t('teams.title'), Icon: IconUsersGroup,
        })),
        { path: '/projects', name: t('projects.all'), detail: t('shell.pages'), Icon: IconLayoutList },
        { path: '/teams', name: t('teams.title'), detail: t('shell.pages'), Icon: IconLayoutList },
        { path: '/profile', name: t('shell.profile'), detail: t('shell.pages'), Icon: IconLayoutList },
        ...(account.is_admin ? adminPages : []).map(({ to, text }) => ({ path: to, name: t(text), detail: t('admin.title'), Icon: IconShield })),
    ];
    return [...favourites, ...targets.filter(isNew)];
}

export function Palette({ project, onClose }: { project: string | undefined; onClose: () => void }) {
    const { t } = useTranslation();
    const router = useRouter();
    const [search, setSearch] = useState('');
    const [at, setAt] = useState(0);
    const found = useTargets(project).filter(({ name, detail }) => named(search, name, detail)).slice(0, shownMax);
    const go = (target: Target | undefined) => {
        if (target !== undefined) {
            onClose();
            router.history.push(target.path);
        }
    };
    const keys = (event: React.KeyboardEvent) => {
        if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
            event.preventDefault();
            setAt((before) => Math.max(0, Math.min(before + (event.key === 'ArrowDown' ? 1 : -1), found.length - 1)));
        }
        if (event.key === 'Enter') {
            go(found[at]);
        }
    };
    return (
        <Modal opened onClose={onClose} withCloseButton={false} padding={0} size="md" yOffset="12vh" centered={false}
            attributes={{ content: { 'aria-label': t('shell.palette') } }}>
            <TextInput value={search} size="md" variant="unstyled" px="sm" data-autofocus leftSection={<IconSearch size={17} />}
                placeholder={t('shell.paletteHint')} aria-label={t('shell.palette')} role="combobox" aria-expanded aria-controls="palette"
                aria-activedescendant={`palette-${at}`} onKeyDown={keys}
                onChange={(event) => { setSearch(event.currentTarget.value); setAt(0); }} />
            <div id="palette" role="listbox" aria-label={t('shell.palette')} className={styles.list} tabIndex={-1}>
                {found.map((target, index) => (
                    <UnstyledButton key={`${target.path} ${target.name}`} id={`palette-${index}`} role="option" aria-selected={index === at} tabIndex={-1}
                        className={styles.option} onMouseMove={() => { setAt(index); }} onClick={() => { go(target); }}>
                        <target.Icon size={17} />
                        <Text size="sm" fw={550} truncate>{target.name}</Text>
                        <Text size="xs" c="dimmed" truncate ml="auto">{target.detail}</Text>
                    </UnstyledButton>
                ))}
                {found.length === 0 && <Text size="sm" c="dimmed" p="sm" role="option" aria-selected={false}>{t('shell.nothingFound')}</Text>}
            </div>
        </Modal>
    );
}
