import { Card, Code, Group, ScrollArea, SegmentedControl, Select, Stack, Tabs, Text, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Server } from '@/api/types';
import { CopyButton } from '@/parts/copy_button';
import { clientConfig, clients, endpoint, type Client, type Transport } from './client_config';
import { useOrigin } from './origin';

interface Props {
    project: string;
    servers: Server[];
    /** Whether all servers may be used together. */
    unified: boolean;
    /** What is chosen at first. */
    start?: string;
}

const titles: Record<Client, string> = {
    'cursor': 'Cursor', 'cline': 'Cline', 'vscode': 'VS Code', 'claude-code': 'Claude Code',
    'claude-desktop': 'Claude Desktop', 'generic': 'JSON',
};
const all = '';

export function ConnectionCard({ project, servers, unified, start }: Props) {
    const { t } = useTranslation();
    const [client, setClient] = useState<Client>('cursor');
    const [transport, setTransport] = useState<Transport>('http');
    const [chosen, setChosen] = useState<string | null>(start ?? null);
    const choices = [
        ...(unified ? [{ value: all, label: t('overview.allServers') }] : []),
        ...servers.map(({ name }) => ({ value: name, label: name })),
    ];
    const server = chosen ?? choices[0]?.value ?? all;
    const origin = useOrigin(project);
    const target = { origin, project, server: server === all ? undefined : server, transport };
    const url = endpoint(target);
    const config = clientConfig(client, target);
    const where: Record<Client, string> = {
        'cursor': '~/.cursor/mcp.json', 'cline': t('overview.whereCline'), 'vscode': '.vscode/mcp.json',
        'claude-code': t('overview.whereShell'), 'claude-desktop': 'claude_desktop_config.json',
        'generic': t('overview.whereGeneric'),
    };
    return (
        <Card>
            <Group justify="space-between" mb="sm" gap="sm">
                <Title order={2}>{t('overview.connect')}</Title>
                <Group gap="xs">
                    <Select aria-label={t('overview.which')} size="xs" data={choices} value={server} allowDeselect={false}
                        onChange={setChosen} w={150} />
                    <SegmentedControl size="xs" aria-label={t('servers.transport')} value={transport}
                        onChange={(value) => { setTransport(value as Transport); }}
                        data={[{ value: 'http', label: 'HTTP' }, { value: 'sse', label: 'SSE' }]} />
                </Group>
            </Group>
            <Group gap={4} wrap="nowrap" mb="sm">
                <Code style={{ flex: 1, minWidth: 0, overflowX: 'auto', whiteSpace: 'nowrap' }} fz={12.5} p={8} tabIndex={0}>{url}</Code>
                <CopyButton text={url} label={t('overview.copyUrl')} />
            </Group>
            <Tabs value={client} onChange={(value) => { setClient(value as Client); }}>
                <ScrollArea type="never">
                    <Tabs.List style={{ flexWrap: 'nowrap' }}>
                        {clients.map((each) => <Tabs.Tab key={each} value={each} px="sm">{titles[each]}</Tabs.Tab>)}
                    </Tabs.List>
                </ScrollArea>
                <Tabs.Panel value={client} pt="xs">
                    <Group justify="space-between" wrap="nowrap">
                        <Text size="xs" c="dimmed" className="mono" truncate>{where[client]}</Text>
                        <CopyButton text={config} label={t('overview.copyConfig')} />
                    </Group>
                    <Code block fz={12.5} tabIndex={0} mah={280} style={{ overflow: 'auto' }}>{config}</Code>
                </Tabs.Panel>
            </Tabs>
            <Stack gap={2} mt="sm"><Text size="xs" c="dimmed">{t('overview.keyHint')}</Text></Stack>
        </Card>
    );
}
