import { memo } from 'react';
import { bytes, clock, duration, exactUtc } from '@/parts/time_words';
import styles from './call_list.module.css';
import type { CallRow } from './call_row';
import { useCallerName } from './caller_name';
import { useErrorWords } from './error_words';
import { useStatusNames } from './status_names';

interface Props {
    row: CallRow;
    isOpen: boolean;
    isChosen: boolean;
    today: number;
    onToggle: (id: string) => void;
}

/** One call as a line; a press shows all of it. */
export const CallLine = memo(function CallLine({ row, isOpen, isChosen, today, onToggle }: Props) {
    const names = useStatusNames();
    const callerName = useCallerName();
    const client = row.client === 'unknown' ? '' : row.client;
    return (
        <button type="button" className={styles.line} aria-expanded={isOpen} tabIndex={isChosen ? 0 : -1}
            onClick={() => { onToggle(row.id); }}>
            <span className={styles.bar} aria-hidden="true" />
            <time className={styles.time} dateTime={row.timestamp} title={exactUtc(row.timestamp)}>{clock(row.timestamp, today)}</time>
            <span className={styles.status}>{names[row.status] ?? row.status}</span>
            <span className={styles.what}><b>{row.tool}</b> <span>{row.server}</span></span>
            <Words row={row} />
            <span className={styles.client} title={row.principal}>
                <b>{callerName(row.principal, row.caller)}</b> {client}
            </span>
            <span className={styles.duration}>{duration(row.duration_ms)}</span>
        </button>
    );
});

/** What went wrong; else what was asked, with how much that and the answer were. */
function Words({ row }: { row: CallRow }) {
    const meanings = useErrorWords();
    const fault = row.isFault ? row.words : meanings[row.errorCode ?? ''] ?? row.errorCode;
    const sizes = `${bytes(row.asked)} → ${bytes(row.answered)}`;
    return fault === null
        ? <span className={styles.words} title={sizes}>{row.words === '' ? sizes : row.words}</span>
        : <span className={styles.words} data-fault="">{fault}</span>;
}
