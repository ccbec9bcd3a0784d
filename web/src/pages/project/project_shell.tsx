import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '@/api/projects';
import { useAccess } from '@/app/access';
import styles from './project_shell.module.css';
import { TabBar } from './tab_bar';

export function ProjectShell() {
    const { t } = useTranslation();
    const { project } = useParams({ strict: false });
    useSuspenseQuery(projectQuery(project ?? ''));
    const { develops } = useAccess(project ?? '');
    const params = { project: project ?? '' };
    const tabs = [
        { to: '/projects/$project/overview', name: t('tabs.overview') },
        { to: '/projects/$project/servers', name: t('tabs.servers') },
        { to: '/projects/$project/tools', name: t('tabs.tools') },
        { to: '/projects/$project/logs', name: t('tabs.logs') },
        { to: '/projects/$project/metrics', name: t('tabs.metrics') },
        { to: '/projects/$project/sessions', name: t('tabs.sessions') },
        { to: '/projects/$project/members', name: t('tabs.members') },
        ...(develops ? [{ to: '/projects/$project/keys', name: t('tabs.keys') } as const] : []),
        { to: '/projects/$project/activity', name: t('tabs.activity') },
        { to: '/projects/$project/settings', name: t('tabs.settings') },
    ] as const;
    return (
        <>
            <TabBar label={t('tabs.label')}>
                {tabs.map(({ to, name }) => (
                    <Link key={to} to={to} params={params} className={styles.tab}
                        activeOptions={{ includeSearch: false }}>
                        {name}
                    </Link>
                ))}
            </TabBar>
            <main id="content" className={styles.content}><Outlet /></main>
        </>
    );
}
