import { Group } from '@mantine/core';
import { Link, useParams } from '@tanstack/react-router';
import { Logo } from '@/parts/logo';
import { Areas } from './areas';
import styles from './header.module.css';
import { LanguageMenu } from './language_menu';
import { PaletteButton } from './palette_button';
import { SchemeToggle } from './scheme_toggle';
import { UserMenu } from './user_menu';

export function Header() {
    const { project } = useParams({ strict: false });
    return (
        <header className={styles.header}>
            <Link to="/projects" className={styles.brand} aria-label="mcp-orch">
                <Logo />
                <span className={styles.brandName}>mcp-orch</span>
            </Link>
            <Areas />
            <div className={styles.space} />
            <Group gap={4} wrap="nowrap">
                <PaletteButton project={project} />
                <LanguageMenu />
                <SchemeToggle />
                <UserMenu />
            </Group>
        </header>
    );
}
