import { Button, Chip, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconSearch, IconTerminal2 } from '@tabler/icons-react';
import { useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { follow } from '@/api/events';
import { serverLogQuery, type ServerLogFilter } from '@/api/server_logs';
import type { ServerLogLine } from '@/api/types';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { useNow } from '@/parts/now';
import { clock, exactUtc } from '@/parts/time_words';
import styles from './server_log.module.css';

const levels = ['info', 'warning', 'error'] as const;
const liveMax = 2_000;

export function ServerLog({ project, server }: { project: string; server: string }) {
    const { t } = useTranslation();
    const [level, setLevel] = useState<string[]>([]);
    const [text, setText] = useState('');
    const [settled] = useDebouncedValue(text.trim(), 300);
    const filter = useMemo<ServerLogFilter>(() => ({
        ...(level.length === 0 ? {} : { level }), ...(settled === '' ? {} : { search_text: settled }),
    }), [level, settled]);
    return (
        <Stack gap="sm">
            <Group gap="sm">
                <TextInput value={text} onChange={(event) => { setText(event.currentTarget.value); }} w={240}
                    leftSection={<IconSearch size={16} />} placeholder={t('server.searchLog')} aria-label={t('server.searchLog')} />
                <Chip.Group multiple value={level} onChange={setLevel}>
                    <Group gap={6}>{levels.map((each) => <Chip key={each} value={each} size="xs">{t(`server.level.${each}`)}</Chip>)}</Group>
                </Chip.Group>
            </Group>
            <Lines key={JSON.stringify(filter)} project={project} server={server} filter={filter} />
        </Stack>
    );
}

function useLive(project: string, server: string, filter: ServerLogFilter, since: string | undefined, ready: boolean) {
    const [lines, setLines] = useState<ServerLogLine[]>([]);
    const [isOpen, setOpen] = useState(false);
    useEffect(() => (ready ? follow<ServerLogLine>(
        `/api/projects/${encodeURIComponent(project)}/servers/${encodeURIComponent(server)}/logs/stream`,
        { ...filter, since }, 'log', {
            onRow: (line) => { setLines((before) => [line, ...before].slice(0, liveMax)); },
            onState: (state) => { setOpen(state === 'open'); },
        }) : undefined), [project, server, filter, since, ready]);
    return { lines, isOpen };
}

function Lines({ project, server, filter }: { project: string; server: string; filter: ServerLogFilter }) {
    const { t } = useTranslation();
    const now = useNow();
    const stored = useInfiniteQuery(serverLogQuery(project, server, filter));
    const old = stored.data?.pages.flatMap((page) => page.logs) ?? [];
    const { lines, isOpen } = useLive(project, server, filter, old[0]?.id, stored.isSuccess);
    if (stored.isPending) {
        return <Skeleton h={320} />;
    }
    if (stored.isError) {
        return <Failure failure={stored.error} what={t('server.logFailed')} onRetry={() => { void stored.refetch(); }} />;
    }
    const all = [...lines, ...old];
    return (
        <>
            <Text size="xs" c="dimmed" role="status">{isOpen ? t('server.logLive') : t('logs.joining')}</Text>
            {all.length === 0 && <Empty icon={<IconTerminal2 />} title={t('server.noLog')}>{t('server.noLogHint')}</Empty>}
            {all.length > 0 && (
                <div className={styles.log} tabIndex={0} role="log" aria-live="off" aria-label={t('server.log')}>
                    {all.map((line) => (
                        <div key={line.id} className={styles.line} data-level={line.level}>
                            <time dateTime={line.timestamp} title={exactUtc(line.timestamp)}>{clock(line.timestamp, now)}</time>
                            <span className={styles.category}>{line.category}</span>
                            <span className={styles.message}>{line.message}</span>
                        </div>
                    ))}
                </div>
            )}
            {stored.hasNextPage && (
                <Group justify="center">
                    <Button variant="default" size="xs" loading={stored.isFetchingNextPage} onClick={() => { void stored.fetchNextPage(); }}>{t('server.older')}</Button>
                </Group>
            )}
        </>
    );
}
