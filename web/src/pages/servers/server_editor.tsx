import { Drawer, Tabs } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { forgetServers } from '@/api/servers';
import type { Server } from '@/api/types';
import { useLastShown } from '@/parts/last_shown';
import { PasteServers } from './paste_servers';
import { ServerForm } from './server_form';

export type Editing = { kind: 'new' } | { kind: 'server'; server: Server };

interface Props {
    project: string;
    editing: Editing | null;
    onClose: () => void;
    /** Called with its name, which may be new, when a server was saved. */
    onSaved?: (name: string) => void;
}

export function ServerEditor({ project, editing, onClose, onSaved }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const done = () => {
        void forgetServers(queries, project);
        onClose();
    };
    const titleOf = (shown: Editing) => (shown.kind === 'server' ? t('servers.editTitle', { name: shown.server.name }) : t('servers.addTitle'));
    const title = useLastShown(editing === null ? undefined : titleOf(editing));
    return (
        <Drawer opened={editing !== null} onClose={onClose} position="right" size="lg" title={title}
            closeButtonProps={{ 'aria-label': t('action.close') }}>
            {editing?.kind === 'server' && <ServerForm project={project} server={editing.server}
                onDone={(name) => { onSaved?.(name); done(); }} />}
            {editing?.kind === 'new' && (
                <Tabs defaultValue="paste" keepMounted={false}>
                    <Tabs.List mb="md">
                        <Tabs.Tab value="paste">{t('servers.paste')}</Tabs.Tab>
                        <Tabs.Tab value="form">{t('servers.fill')}</Tabs.Tab>
                    </Tabs.List>
                    <Tabs.Panel value="paste"><PasteServers project={project} onDone={done} /></Tabs.Panel>
                    <Tabs.Panel value="form"><ServerForm project={project} onDone={done} /></Tabs.Panel>
                </Tabs>
            )}
        </Drawer>
    );
}
