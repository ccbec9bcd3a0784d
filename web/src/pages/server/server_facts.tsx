import { Card, Code, Stack, Text, Title } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '@/api/projects';
import type { ServerDetail } from '@/api/types';
import { Moment } from '@/parts/moment';
import { ConnectionCard } from '../overview/connection_card';
import styles from './facts.module.css';

export function ServerFacts({ project, server }: { project: string; server: ServerDetail }) {
    const { t } = useTranslation();
    const { data } = useSuspenseQuery(projectQuery(project));
    const isStdio = server.transport_type === 'stdio';
    const rows: [string, ReactNode][] = [
        [t('servers.transport'), isStdio ? t('servers.stdio') : server.transport_type],
        ...(isStdio ? [
            [t('servers.command'), <Code key="c" block tabIndex={0}>{[server.command, ...server.args].join('\n')}</Code>],
            [t('servers.env'), server.env_names.length === 0 ? '—' : server.env_names.join(', ')],
            [t('servers.cwd'), server.cwd === '' ? '—' : server.cwd],
            [t('servers.policy'), server.process_policy],
        ] satisfies [string, ReactNode][] : [
            ['URL', server.url],
            [t('servers.headers'), server.header_names.length === 0 ? '—' : server.header_names.join(', ')],
        ] satisfies [string, ReactNode][]),
        [t('servers.timeout'), `${server.timeout} s`],
        [t('server.access'), server.auth_required ? t('server.withKey') : t('server.withoutKey')],
        [t('servers.lastChecked'), <Moment key="m" at={server.last_checked} never={t('servers.never')} />],
        [t('server.lastConnected'), <Moment key="m" at={server.last_connected} never={t('servers.never')} />],
        [t('servers.lastUsed'), <Moment key="m" at={server.last_used_at} never={t('servers.never')} />],
    ];
    return (
        <Stack>
            <Card>
                <Title order={2} mb="sm">{t('server.definition')}</Title>
                <dl className={styles.facts}>
                    {rows.map(([name, value]) => (
                        <div key={name}><dt>{name}</dt><dd>{typeof value === 'string' ? <Text size="sm" span style={{ overflowWrap: 'anywhere' }}>{value}</Text> : value}</dd></div>
                    ))}
                </dl>
            </Card>
            <ConnectionCard project={project} servers={[server]} unified={data.unified_mcp_enabled} start={server.name} />
        </Stack>
    );
}
