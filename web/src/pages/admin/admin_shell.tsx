import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountQuery } from '@/api/session';
import { NotFound } from '@/app/not_found';
import styles from '../project/project_shell.module.css';

export function AdminShell() {
    const { t } = useTranslation();
    const { data } = useSuspenseQuery(accountQuery);
    if (!data.is_admin) {
        return <NotFound />;
    }
    const tabs = [
        { to: '/admin/system', name: t('admin.system') },
        { to: '/admin/users', name: t('admin.users') },
        { to: '/admin/scheduler', name: t('admin.scheduler') },
    ] as const;
    return (
        <>
            <nav className={styles.tabs} aria-label={t('admin.title')}>
                {tabs.map(({ to, name }) => <Link key={to} to={to} className={styles.tab}>{name}</Link>)}
            </nav>
            <main id="content" className={styles.content}><Outlet /></main>
        </>
    );
}
