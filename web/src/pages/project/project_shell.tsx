import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '@/api/projects';
import styles from './project_shell.module.css';

export function ProjectShell() {
    const { t } = useTranslation();
    const { project } = useParams({ strict: false });
    useSuspenseQuery(projectQuery(project ?? ''));
    const params = { project: project ?? '' };
    const tabs = [
        { to: '/projects/$project/overview', name: t('tabs.overview') },
        { to: '/projects/$project/servers', name: t('tabs.servers') },
        { to: '/projects/$project/logs', name: t('tabs.logs') },
    ] as const;
    return (
        <>
            <nav className={styles.tabs} aria-label={t('tabs.label')}>
                {tabs.map(({ to, name }) => (
                    <Link key={to} to={to} params={params} className={styles.tab}
                        activeOptions={{ includeSearch: false }}>
                        {name}
                    </Link>
                ))}
            </nav>
            <main id="content" className={styles.content}><Outlet /></main>
        </>
    );
}
