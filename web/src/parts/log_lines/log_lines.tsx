import { Button, Group, Skeleton, Text } from '@mantine/core';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { memo, useCallback, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { logCategories, logLevels, serverLogQuery, type LogSource, type ServerLogFilter } from '@/api/server_logs';
import type { ServerLogLine } from '@/api/types';
import { Failure } from '../failure';
import { useNow } from '../now';
import { clock, exactUtc } from '../time_words';
import styles from './log_lines.module.css';
import { useLiveLines } from './use_live_lines';

/** All of them are in the document, and it shall stay light. */
const storedMax = 2_000;
const whole = new Intl.NumberFormat();

interface Props {
    source: LogSource;
    filter: ServerLogFilter;
    isLive: boolean;
    /** Whose line it is, where that is not plain. */
    origin?: (line: ServerLogLine) => ReactNode;
    empty: ReactNode;
}

/** What servers said, newest first: from the store page by page, and live on top. */
export function LogLines(props: Props) {
    return <Lines key={JSON.stringify([props.source, props.filter])} {...props} />;
}

function Lines(props: Props) {
    const { t } = useTranslation();
    const { source, filter } = props;
    const stored = useInfiniteQuery(serverLogQuery(source, filter));
    if (stored.isPending) {
        return <Skeleton h={320} />;
    }
    if (stored.data === undefined) {
        return <Failure failure={stored.error} what={t('server.logFailed')} onRetry={() => { void stored.refetch(); }} />;
    }
    const lines = stored.data.pages.flatMap((page) => page.logs);
    const isFull = lines.length >= storedMax;
    return (
        <>
            <Feed {...props} stored={lines} />
            {stored.isError && <Failure failure={stored.error} what={t('server.logFailed')} />}
            {stored.hasNextPage && isFull && (
                <Text size="xs" c="dimmed" ta="center" mt="sm" role="status">{t('server.enoughLines', { most: whole.format(storedMax) })}</Text>
            )}
            {stored.hasNextPage && !isFull && (
                <Group justify="center" mt="sm">
                    <Button variant="default" size="xs" loading={stored.isFetchingNextPage} onClick={() => { void stored.fetchNextPage(); }}>{t('server.older')}</Button>
                </Group>
            )}
        </>
    );
}

function Feed({ source, filter, isLive, origin, empty, stored }: Props & { stored: ServerLogLine[] }) {
    const { t } = useTranslation();
    const now = useNow();
    const queries = useQueryClient();
    const key = JSON.stringify([source, filter]);
    const onFull = useCallback(() => {
        const [from, wanted] = JSON.parse(key) as [LogSource, ServerLogFilter];
        void queries.resetQueries({ queryKey: serverLogQuery(from, wanted).queryKey });
    }, [key, queries]);
    const { lines, isOpen } = useLiveLines({ source, filter, since: stored[0]?.id, isOn: isLive, onFull });
    const all = [...lines, ...stored];
    return (
        <>
            {isLive && <Text size="xs" c="dimmed" role="status" mb={6}>{isOpen ? t('server.logLive') : t('logs.joining')}</Text>}
            {all.length === 0 && empty}
            {all.length > 0 && (
                <div className={styles.log} tabIndex={0} role="log" aria-live="off" aria-label={t('server.log')}>
                    {all.map((line) => <Line key={line.id} line={line} time={clock(line.timestamp, now)} origin={origin} />)}
                </div>
            )}
        </>
    );
}

interface LineProps {
    line: ServerLogLine;
    time: string;
    origin: Props['origin'];
}

const Line = memo(function Line({ line, time, origin }: LineProps) {
    const { t } = useTranslation();
    const level = logLevels.find((each) => each === line.level);
    const category = logCategories.find((each) => each === line.category);
    return (
        <div className={styles.line} data-level={line.level} data-origin={origin !== undefined || undefined}>
            <time dateTime={line.timestamp} title={exactUtc(line.timestamp)}>{time}</time>
            <span className={styles.level}>{level === undefined ? line.level : t(`server.level.${level}`)}</span>
            <span className={styles.category}>{category === undefined ? line.category : t(`server.category.${category}`)}</span>
            {origin !== undefined && <span className={styles.origin}>{origin(line)}</span>}
            <span className={styles.message}>{line.message}</span>
        </div>
    );
});
