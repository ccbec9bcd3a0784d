import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Server } from '@/api/types';
import { ServerRow } from './server_row';
import styles from './server_table.module.css';

interface Props {
    project: string;
    servers: Server[];
    waiting: ReadonlySet<string>;
    develops: boolean;
    onEdit: (server: Server) => void;
}

export function ServerTable({ project, servers, waiting, develops, onEdit }: Props) {
    const { t } = useTranslation();
    const heads = [t('servers.server'), t('servers.status'), t('servers.tools'), t('servers.lastChecked'),
        t('server.lastConnected'), t('servers.lastUsed')];
    return (
        <div className={styles.frame}>
            <table className={styles.table}>
                <thead>
                    <tr>
                        {heads.map((head) => <th key={head} scope="col"><Text span size="xs" fw={600}>{head}</Text></th>)}
                        <th scope="col" className={styles.actions}><Text span size="xs" fw={600}>{t('servers.actions')}</Text></th>
                    </tr>
                </thead>
                <tbody>
                    {servers.map((server) => (
                        <ServerRow key={server.id} project={project} server={server} develops={develops}
                            isWaiting={waiting.has(server.id)} onEdit={onEdit} />
                    ))}
                </tbody>
            </table>
        </div>
    );
}
