import { Alert, Button, Code, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { IconAlertTriangle, IconDownload } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '@/parts/copy_button';
import { useLastShown } from '@/parts/last_shown';
import { clientConfig, clients, keyPlace, type Client } from '../overview/client_config';
import { useOrigin } from '../overview/origin';

export interface FreshKey {
    name: string;
    secret: string;
}

interface Props {
    project: string;
    fresh: FreshKey | null;
    onClose: () => void;
}

/** The one moment in which a key can be read. */
export function ShownOnce({ project, fresh, onClose }: Props) {
    const { t } = useTranslation();
    const name = useLastShown(fresh?.name);
    return (
        <Modal opened={fresh !== null} onClose={onClose} title={t('keys.fresh', { name })} size="lg" closeOnClickOutside={false}
            closeButtonProps={{ 'aria-label': t('action.close') }}>
            {fresh !== null && <Content project={project} fresh={fresh} onClose={onClose} />}
        </Modal>
    );
}

function save(name: string, text: string): void {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
}

function Content({ project, fresh, onClose }: { project: string; fresh: FreshKey; onClose: () => void }) {
    const { t } = useTranslation();
    const [client, setClient] = useState<Client>('cursor');
    const origin = useOrigin(project);
    const config = clientConfig(client, { origin, project, server: undefined, transport: 'http' })
        .replaceAll(keyPlace, fresh.secret);
    return (
        <Stack>
            <Alert color="orange" icon={<IconAlertTriangle size={18} />} p="sm">{t('keys.once')}</Alert>
            <Group gap={6} wrap="nowrap">
                <Code fz="sm" p={10} flex={1} tabIndex={0} style={{ overflowX: 'auto', whiteSpace: 'nowrap' }} data-testid="secret">{fresh.secret}</Code>
                <CopyButton text={fresh.secret} label={t('keys.copy')} />
            </Group>
            <Group justify="space-between" align="flex-end">
                <Select size="xs" label={t('keys.configFor')} value={client} allowDeselect={false} onChange={(next) => { setClient(next as Client); }}
                    data={clients.map((each) => ({ value: each, label: { 'cursor': 'Cursor', 'cline': 'Cline', 'vscode': 'VS Code', 'claude-code': 'Claude Code', 'claude-desktop': 'Claude Desktop', 'generic': 'JSON' }[each] }))} />
                <Group gap={6}>
                    <CopyButton text={config} label={t('overview.copyConfig')} />
                    <Button size="xs" variant="default" leftSection={<IconDownload size={14} />}
                        onClick={() => { save(client === 'claude-code' ? 'add-mcp-orch.sh' : 'mcp.json', config); }}>{t('action.download')}</Button>
                </Group>
            </Group>
            <Code block fz={12.5} mah={240} tabIndex={0} style={{ overflow: 'auto' }}>{config}</Code>
            <Group justify="space-between"><Text size="xs" c="dimmed">{t('keys.stored')}</Text><Button onClick={onClose}>{t('action.done')}</Button></Group>
        </Stack>
    );
}
