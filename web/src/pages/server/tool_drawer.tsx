import { Anchor, Alert, Drawer, Group, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { executeTool, toolsQuery } from '@/api/tools';
import type { Tool } from '@/api/types';
import { Failure } from '@/parts/failure';
import { JsonView } from '@/parts/json_view';
import { useLastShown } from '@/parts/last_shown';
import { duration } from '@/parts/time_words';
import { describe } from './tool_definition';

const ArgumentForm = lazy(() => import('./argument_form').then((module) => ({ default: module.ArgumentForm })));

interface Props {
    project: string;
    server: ToolServer;
    /** The name of the tool; nothing while the drawer is closed. */
    tool: string | undefined;
    onClose: () => void;
}

interface ToolServer {
    id: string;
    name: string;
}

export function ToolDrawer({ project, server, tool, onClose }: Props) {
    const { t } = useTranslation();
    const title = useLastShown(tool);
    return (
        <Drawer opened={tool !== undefined} onClose={onClose} position="right" size="xl" title={<Text fw={650} className="mono">{title}</Text>}
            closeButtonProps={{ 'aria-label': t('action.close') }}>
            {tool !== undefined && <Definition key={`${server.id} ${tool}`} project={project} server={server} name={tool} />}
        </Drawer>
    );
}

function Definition({ project, server, name }: { project: string; server: ToolServer; name: string }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(toolsQuery(project, server.name));
    if (isPending) {
        return <Skeleton h={220} />;
    }
    if (isError) {
        return <Failure failure={error} what={t('server.toolsFailed')} onRetry={() => { void refetch(); }} />;
    }
    const tool = data.find((each) => each.name === name);
    return tool === undefined ? <Text size="sm" c="dimmed">{t('server.toolGone')}</Text>
        : <ToolPanel project={project} server={server.id} tool={tool} />;
}

function ToolPanel({ project, server, tool }: { project: string; server: string; tool: Tool }) {
    const { t } = useTranslation();
    const { description, inputSchema } = describe(tool.definition);
    const run = useMutation({
        mutationFn: async (given: unknown) => {
            const begin = performance.now();
            const answer = await executeTool(project, server, tool.name, given);
            return { ...answer, took: performance.now() - begin };
        },
    });
    return (
        <Stack>
            <Text size="sm" c="dimmed" style={{ whiteSpace: 'pre-wrap' }}>{description}</Text>
            {!tool.is_enabled && <Alert color="gray" p="xs">{t('server.toolOff')}</Alert>}
            <Tabs defaultValue="run" keepMounted={false}>
                <Tabs.List mb="md">
                    <Tabs.Tab value="run">{t('server.try')}</Tabs.Tab>
                    <Tabs.Tab value="definition">{t('server.definition')}</Tabs.Tab>
                </Tabs.List>
                <Tabs.Panel value="run">
                    <Suspense fallback={<Skeleton h={160} />}>
                        <ArgumentForm schema={inputSchema} isRunning={run.isPending} onRun={(given) => { run.mutate(given); }} />
                    </Suspense>
                    <Stack gap="xs" mt="md" aria-live="polite">
                        {run.isError && <Failure failure={run.error} what={t('logs.runFailed')} />}
                        {run.data !== undefined && (
                            <>
                                <Group justify="space-between">
                                    <Text size="sm" fw={600} c={run.data.success ? 'var(--status-success)' : 'var(--status-error)'}>
                                        {run.data.success ? t('logs.status.success') : t('logs.status.error')} · {duration(run.data.took)}
                                    </Text>
                                    <Anchor size="sm" renderRoot={(props) => (
                                        <Link to="/projects/$project/logs" params={{ project }} search={{ tool_name: tool.name, server_id: server }} {...props} />
                                    )}>{t('server.inLog')}</Anchor>
                                </Group>
                                {run.data.error !== null && <Failure failure={new Error(run.data.error)} />}
                                {run.data.result !== null && run.data.result !== undefined
                                    && <JsonView value={run.data.result} label={t('logs.result')} />}
                            </>
                        )}
                    </Stack>
                </Tabs.Panel>
                <Tabs.Panel value="definition"><JsonView value={tool.definition} label={t('server.definition')} /></Tabs.Panel>
            </Tabs>
        </Stack>
    );
}
