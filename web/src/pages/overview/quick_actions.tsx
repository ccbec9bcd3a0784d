import { Button, Modal } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { IconKey, IconListSearch, IconPlus, IconUserPlus } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAccess } from '@/app/access';
import type { FreshKey } from '../keys/shown_once';

const ServerEditor = lazy(() => import('../servers/server_editor').then((module) => ({ default: module.ServerEditor })));
const NewKeyModal = lazy(() => import('../keys/new_key').then((module) => ({ default: module.NewKeyModal })));
const ShownOnce = lazy(() => import('../keys/shown_once').then((module) => ({ default: module.ShownOnce })));
const Invitation = lazy(() => import('../members/invitation').then((module) => ({ default: module.Invitation })));

type Doing = 'server' | 'key' | 'invitation';

/** What people come for most, as far as their role lets them; forms are loaded when they are opened. */
export function QuickActions({ project }: { project: string }) {
    const { t } = useTranslation();
    const { develops, owns } = useAccess(project);
    const [doing, setDoing] = useState<Doing | null>(null);
    const [fresh, setFresh] = useState<FreshKey | null>(null);
    const end = () => { setDoing(null); };
    const button = (what: Doing, name: string, icon: React.ReactNode) => (
        <Button variant="default" leftSection={icon} onClick={() => { setDoing(what); }}>{name}</Button>
    );
    return (
        <>
            {develops && button('server', t('servers.add'), <IconPlus size={16} />)}
            {develops && button('key', t('keys.create'), <IconKey size={16} />)}
            <Button variant="default" leftSection={<IconListSearch size={16} />} renderRoot={(props) => (
                <Link to="/projects/$project/logs" params={{ project }} {...props} />
            )}>{t('overview.exploreLogs')}</Button>
            {owns && button('invitation', t('members.invite'), <IconUserPlus size={16} />)}
            <Suspense>
                {doing === 'server' && <ServerEditor project={project} editing={{ kind: 'new' }} onClose={end} />}
                {doing === 'key' && <NewKeyModal project={project} opened onClose={end} onFresh={setFresh} />}
                {doing === 'invitation' && (
                    <Modal opened onClose={end} title={t('members.invite')} closeButtonProps={{ 'aria-label': t('action.close') }}>
                        <Invitation project={project} onDone={end} />
                    </Modal>
                )}
                {fresh !== null && <ShownOnce project={project} fresh={fresh} onClose={() => { setFresh(null); }} />}
            </Suspense>
        </>
    );
}
