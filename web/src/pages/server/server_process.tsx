import { Card, SimpleGrid, Skeleton, Stack, Text, Timeline, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { processQuery } from '@/api/server_logs';
import type { ServerProcess } from '@/api/types';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { bytes, duration } from '@/parts/time_words';

const colours: Record<string, string> = { error: 'red', warning: 'orange', info: 'iris', debug: 'gray' };

export function ServerProcessPanel({ project, server }: { project: string; server: string }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(processQuery(project, server));
    if (isPending) {
        return <Skeleton h={220} />;
    }
    if (isError) {
        return <Failure failure={error} what={t('server.processFailed')} onRetry={() => { void refetch(); }} />;
    }
    return (
        <Stack>
            <SimpleGrid cols={{ base: 2, sm: 3, md: 6 }} spacing="sm"><Numbers process={data} /></SimpleGrid>
            {data.server_info !== null && (
                <Text size="sm" c="dimmed">{t('server.says', {
                    name: data.server_info.name, version: data.server_info.version, protocol: data.server_info.protocol_version,
                })}</Text>
            )}
            <Card>
                <Title order={2} mb="md">{t('server.timeline')}</Title>
                {data.timeline.length === 0 && <Text size="sm" c="dimmed">{t('server.noTimeline')}</Text>}
                <Timeline bulletSize={12} lineWidth={2} active={data.timeline.length}>
                    {[...data.timeline].reverse().map((event) => (
                        <Timeline.Item key={event.id} color={colours[event.level] ?? 'gray'}
                            title={<Text size="sm" style={{ overflowWrap: 'anywhere' }}>{event.message}</Text>}>
                            <Text size="xs" c="dimmed"><Moment at={event.timestamp} /> · {event.category}</Text>
                        </Timeline.Item>
                    ))}
                </Timeline>
            </Card>
        </Stack>
    );
}

function Numbers({ process }: { process: ServerProcess }) {
    const { t } = useTranslation();
    const runs = process.pid !== 0;
    const tiles: [string, string][] = [
        ['PID', runs ? String(process.pid) : '—'],
        [t('server.uptime'), process.uptime_seconds === null ? '—' : uptime(process.uptime_seconds)],
        [t('server.memory'), runs ? bytes(process.memory_bytes) : '—'],
        [t('server.starts'), String(process.starts)],
        [t('server.restarts'), String(process.restarts)],
        [t('server.lastExit'), process.last_exit ?? '—'],
    ];
    return tiles.map(([name, value]) => (
        <Card key={name} p="sm">
            <Text size="xs" c="dimmed">{name}</Text>
            <Text fw={650} size={value.length > 14 ? 'sm' : 'lg'} className="numbers" style={{ overflowWrap: 'anywhere' }}>{value}</Text>
        </Card>
    ));
}

function uptime(seconds: number): string {
    if (seconds < 3600) {
        return duration(seconds * 1000);
    }
    const hours = Math.floor(seconds / 3600);
    return hours < 48 ? `${hours} h ${Math.floor((seconds % 3600) / 60)} m` : `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
