import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { clock, duration, exactUtc } from '@/parts/time_words';
import styles from './call_list.module.css';
import type { CallRow } from './call_row';
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
    const { t } = useTranslation();
    const names = useStatusNames();
    return (
        <button type="button" className={styles.line} aria-expanded={isOpen} tabIndex={isChosen ? 0 : -1}
            onClick={() => { onToggle(row.id); }}>
            <span className={styles.bar} aria-hidden="true" />
            <time className={styles.time} dateTime={row.timestamp} title={exactUtc(row.timestamp)}>{clock(row.timestamp, today)}</time>
            <span className={styles.status}>{names[row.status] ?? row.status}</span>
            <span className={styles.what}><b>{row.tool}</b> <span>{row.server}</span></span>
            <span className={styles.words} data-fault={row.isFault ? '' : undefined}>{row.words}</span>
            <span className={styles.client}>{row.client === 'unknown' ? t('logs.unknownClient') : row.client}</span>
            <span className={styles.duration}>{duration(row.duration_ms)}</span>
        </button>
    );
});
