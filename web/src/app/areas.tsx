import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamQuery } from '@/api/teams';
import styles from './header.module.css';
import { ProjectSwitcher } from './project_switcher';

/** The two lists, each with what is open of it. */
export function Areas() {
    const { t } = useTranslation();
    const { project, team } = useParams({ strict: false });
    const isOpen = project !== undefined || team !== undefined;
    return (
        <nav className={styles.areas} aria-label={t('shell.areas')} data-open={isOpen || undefined}>
            <Link to="/projects" className={styles.area}>{t('projects.title')}</Link>
            {project !== undefined && <><Slash /><ProjectSwitcher project={project} /></>}
            <Link to="/teams" className={styles.area}>{t('teams.title')}</Link>
            {team !== undefined && <><Slash /><TeamName team={team} /></>}
        </nav>
    );
}

const Slash = () => <span className={styles.slash} aria-hidden="true">/</span>;

function TeamName({ team }: { team: string }) {
    const { data } = useQuery({ ...teamQuery(team), enabled: false });
    return <Link to="/teams/$team/overview" params={{ team }} className={styles.switcher}><span>{data?.name ?? team}</span></Link>;
}
