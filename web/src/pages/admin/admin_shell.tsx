import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { accountQuery } from '@/api/session';
import { adminPages } from '@/app/admin_pages';
import { NotFound } from '@/app/not_found';
import styles from '../project/project_shell.module.css';
import { TabBar } from '../project/tab_bar';

export function AdminShell() {
    const { t } = useTranslation();
    const { data } = useSuspenseQuery(accountQuery);
    if (!data.is_admin) {
        return <NotFound />;
    }
    return (
        <>
            <TabBar label={t('admin.title')}>
                {adminPages.map(({ to, text }) => (
                    <Link key={to} to={to} className={styles.tab} activeOptions={{ includeSearch: false }}>{t(text)}</Link>
                ))}
            </TabBar>
            <main id="content" className={styles.content}><Outlet /></main>
        </>
    );
}
