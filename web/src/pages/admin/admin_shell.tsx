import { useSuspenseQuery } from '@tanstack/react-query';
import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { accountQuery } from '@/api/session';
import { adminPages } from '@/app/admin_pages';
import { NotFound } from '@/app/not_found';
import styles from '../project/project_shell.module.css';

export function AdminShell() {
    const { t } = useTranslation();
    const { data } = useSuspenseQuery(accountQuery);
    const nav = useRef<HTMLElement>(null);
    const { pathname } = useLocation();
    useEffect(() => {
        nav.current?.querySelector('[data-status=active]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    }, [pathname]);
    if (!data.is_admin) {
        return <NotFound />;
    }
    return (
        <>
            <nav ref={nav} className={styles.tabs} aria-label={t('admin.title')}>
                {adminPages.map(({ to, text }) => (
                    <Link key={to} to={to} className={styles.tab} activeOptions={{ includeSearch: false }}>{t(text)}</Link>
                ))}
            </nav>
            <main id="content" className={styles.content}><Outlet /></main>
        </>
    );
}
