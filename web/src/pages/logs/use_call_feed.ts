import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { CallFilter } from '@/api/calls';
import { follow } from '@/api/events';
import type { Call } from '@/api/types';
import { CallFeed, type Feed } from './call_feed';

const refreshMs = 30_000;
/** Rows that come together are shown together. */
const gatherMs = 120;

export type FollowMode = 'off' | '30s' | 'live';

/** The calls of `filter`, kept up to date as `mode` says. */
export function useCallFeed(project: string, filter: CallFilter, mode: FollowMode): { feed: CallFeed; state: Feed; connection: 'open' | 'waiting' } {
    const key = JSON.stringify(filter);
    const feed = useMemo(() => new CallFeed(project, JSON.parse(key) as CallFilter), [project, key]);
    const state = useSyncExternalStore(feed.subscribe, feed.snapshot);
    useEffect(() => {
        void feed.start();
        return () => { feed.stop(); };
    }, [feed]);
    useRegularRefresh(feed, project, mode === '30s');
    const connection = useLiveTail(feed, project, key, mode === 'live' && state.phase === 'ready');
    return { feed, state, connection };
}

function useRegularRefresh(feed: CallFeed, project: string, active: boolean): void {
    const queries = useQueryClient();
    useEffect(() => {
        if (!active) {
            return undefined;
        }
        const timer = setInterval(() => {
            // A failed refresh leaves what is there; the next one tries again.
            void feed.refresh().catch(() => undefined);
            void queries.invalidateQueries({ queryKey: ['calls', project] });
        }, refreshMs);
        return () => { clearInterval(timer); };
    }, [feed, project, active, queries]);
}

function useLiveTail(feed: CallFeed, project: string, key: string, active: boolean): 'open' | 'waiting' {
    const [connection, setConnection] = useState<'open' | 'waiting'>('waiting');
    const queries = useQueryClient();
    useEffect(() => {
        if (!active) {
            return undefined;
        }
        const { time_range: _, start_time: __, end_time: ___, ...narrowed } = JSON.parse(key) as CallFilter;
        let gathered: Call[] = [];
        let timer: ReturnType<typeof setTimeout> | undefined;
        const flush = () => {
            timer = undefined;
            feed.takeWhole(gathered.reverse());
            gathered = [];
        };
        const since = feed.snapshot().liveFrom;
        const stop = follow<Call>('/api/tool-call-logs/stream',
            { project_id: project, ...narrowed, ...(since === null ? {} : { since }) }, 'call', {
                onRow: (call) => {
                    gathered.push(call);
                    timer ??= setTimeout(flush, gatherMs);
                },
                onState: setConnection,
            });
        const counts = setInterval(() => { void queries.invalidateQueries({ queryKey: ['calls', project] }); }, refreshMs);
        return () => {
            stop();
            clearTimeout(timer);
            clearInterval(counts);
        };
    }, [feed, project, key, active, queries]);
    return connection;
}
