import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef, type ReactNode } from 'react';
import styles from './project_shell.module.css';

/** The pages of a project or a team; the one that is open is kept in sight. */
export function TabBar({ label, children }: { label: string; children: ReactNode }) {
    const nav = useRef<HTMLElement>(null);
    const { pathname } = useLocation();
    useEffect(() => {
        nav.current?.querySelector('[data-status=active]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
    }, [pathname]);
    return <nav ref={nav} className={styles.tabs} aria-label={label}>{children}</nav>;
}
