import { useEffect, useRef, useState } from 'react';
import { follow } from '@/api/events';
import { serverLogStream, type LogSource, type ServerLogFilter } from '@/api/server_logs';
import type { ServerLogLine } from '@/api/types';

export const liveMax = 2_000;
const gatherMs = 100;

interface Wanted {
    source: LogSource;
    filter: ServerLogFilter;
    /** The newest line that is known; what comes is behind it. */
    since: string | undefined;
    isOn: boolean;
    /** More came than is shown: a gap would open before what was read from the store. */
    onFull: () => void;
}

/** Lines as they are written, newest first. */
export function useLiveLines({ source, filter, since, isOn, onFull }: Wanted) {
    const [lines, setLines] = useState<ServerLogLine[]>([]);
    const [isOpen, setOpen] = useState(false);
    const newest = useRef(since);
    const key = JSON.stringify([source, filter]);
    useEffect(() => {
        if (!isOn) {
            return undefined;
        }
        const [from, { time_range: _, start_time: __, end_time: ___, ...narrowed }] =
            JSON.parse(key) as [LogSource, ServerLogFilter];
        let gathered: ServerLogLine[] = [];
        // One drawing for all that come together.
        const timer = setInterval(() => {
            const fresh = gathered;
            if (fresh.length > 0) {
                gathered = [];
                setLines((before) => [...fresh.reverse(), ...before]);
            }
        }, gatherMs);
        const leave = follow<ServerLogLine>(serverLogStream(from), { ...narrowed, since: newest.current }, 'log', {
            onRow: (line) => {
                newest.current = line.id;
                gathered.push(line);
            },
            onState: (state) => { setOpen(state === 'open'); },
        });
        return () => {
            leave();
            clearInterval(timer);
            setOpen(false);
            const last = gathered;
            setLines((before) => [...last.reverse(), ...before]);
        };
    }, [key, isOn]);
    const isFull = lines.length > liveMax;
    useEffect(() => {
        if (isFull) {
            onFull();
        }
    }, [isFull, onFull]);
    return { lines, isOpen };
}
