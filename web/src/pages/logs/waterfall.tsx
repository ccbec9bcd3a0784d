import { useTranslation } from 'react-i18next';
import type { Call } from '@/api/types';
import { duration } from '@/parts/time_words';
import { spans, type Phase } from './timing';
import styles from './waterfall.module.css';

/** Where the time of a call went. */
export function Waterfall({ times }: { times: Call['times'] }) {
    const { t } = useTranslation();
    const parts = spans(times);
    const whole = Math.max(...parts.map(({ from, length }) => from + length), 0.001);
    const names: Record<Phase, string> = {
        authorise: t('logs.phase.authorise'), wait: t('logs.phase.wait'),
        server: t('logs.phase.server'), answer: t('logs.phase.answer'),
    };
    return (
        <dl className={styles.waterfall}>
            {parts.map(({ phase, from, length }) => (
                <div key={phase} className={styles.row}>
                    <dt>{names[phase]}</dt>
                    <dd className={styles.track} aria-hidden="true">
                        <span className={styles[phase]} style={{
                            left: `${(from / whole) * 100}%`, width: `max(2px, ${(length / whole) * 100}%)`,
                        }} />
                    </dd>
                    <dd className={styles.length}>{duration(length)}</dd>
                </div>
            ))}
        </dl>
    );
}
