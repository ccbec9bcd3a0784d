import { SegmentedControl, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import styles from './follow_control.module.css';
import type { FollowMode } from './use_call_feed';

interface Props {
    mode: FollowMode;
    isFixed: boolean;
    connection: 'open' | 'waiting';
    onMode: (mode: FollowMode) => void;
}

/** Whether new calls come by themselves. */
export function FollowControl({ mode, isFixed, connection, onMode }: Props) {
    const { t } = useTranslation();
    const live = (
        <span className={styles.live} data-state={mode === 'live' ? connection : 'off'}>
            <i aria-hidden="true" />{mode === 'live' && connection === 'waiting' ? t('logs.joining') : t('logs.live')}
        </span>
    );
    return (
        <Tooltip label={isFixed ? t('logs.fixedRange') : t('logs.followHint')}>
            <SegmentedControl aria-label={t('logs.follow')} value={mode} disabled={isFixed} classNames={{ label: styles['label'] ?? '' }}
                onChange={(value) => { onMode(value as FollowMode); }}
                data={[{ value: 'off', label: t('logs.paused') }, { value: '30s', label: '30 s' }, { value: 'live', label: live }]} />
        </Tooltip>
    );
}
