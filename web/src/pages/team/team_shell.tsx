import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamQuery } from '@/api/teams';
import styles from '../project/project_shell.module.css';
import { TabBar } from '../project/tab_bar';

export function TeamShell() {
    const { t } = useTranslation();
    const { team } = useParams({ from: '/signed-in/teams/$team' });
    useSuspenseQuery(teamQuery(team));
    const tabs = [
        { to: '/teams/$team/overview', name: t('tabs.overview') },
        { to: '/teams/$team/projects', name: t('projects.title') },
        { to: '/teams/$team/members', name: t('tabs.members') },
        { to: '/teams/$team/activity', name: t('tabs.activity') },
        { to: '/teams/$team/settings', name: t('tabs.settings') },
    ] as const;
    return (
        <>
            <TabBar label={t('teams.tabs')}>
                {tabs.map(({ to, name }) => (
                    <Link key={to} to={to} params={{ team }} className={styles.tab} activeOptions={{ includeSearch: false }}>{name}</Link>
                ))}
            </TabBar>
            <main id="content" className={styles.content}><Outlet /></main>
        </>
    );
}
