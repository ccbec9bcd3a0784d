import { Button } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { IconArrowUp } from '@tabler/icons-react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNow } from '@/parts/now';
import { useAnchor } from './anchor';
import { CallDetail } from './call_detail';
import type { CallFeed, Feed } from './call_feed';
import { CallLine } from './call_line';
import styles from './call_list.module.css';
import { useListKeys } from './list_keys';

interface Props {
    project: string;
    feed: CallFeed;
    state: Feed;
    open: ReadonlySet<string>;
    onToggle: (id: string) => void;
}

const overscan = 12;
const footHeight = 48;
const nearEnd = 60;

export function CallList({ project, feed, state, open, onToggle }: Props) {
    const { t } = useTranslation();
    const { rows } = state;
    const place = useRef<HTMLDivElement>(null);
    const [chosen, setChosen] = useState<string | null>(null);
    const isNarrow = useMediaQuery('(max-width: 860px)', false, { getInitialValueInEffect: false });
    const lineHeight = isNarrow ? 56 : 34;
    const now = useNow();
    const today = now - (now % 3_600_000);
    const list = useVirtualizer({
        count: rows.length, overscan, paddingEnd: footHeight,
        getScrollElement: () => place.current,
        estimateSize: () => lineHeight,
        getItemKey: (at) => rows[at]?.id ?? at,
    });
    const items = list.getVirtualItems();
    const last = items.at(-1)?.index ?? 0;
    const missed = useAnchor(place, state.arrived, lineHeight);

    useEffect(() => {
        if (last >= rows.length - nearEnd && state.older === 'idle') {
            void feed.loadOlder();
        }
    }, [feed, last, rows.length, state.older]);

    const choose = useCallback((id: string) => {
        setChosen(id);
        onToggle(id);
    }, [onToggle]);
    useListKeys({
        rows, chosen,
        onToggle: (id) => {
            onToggle(id);
            const at = rows.findIndex((row) => row.id === id);
            const item = list.measurementsCache[at];
            const element = place.current;
            if (!open.has(id) && item !== undefined && element !== null
                && item.start - element.scrollTop > element.clientHeight / 2) {
                list.scrollToIndex(at, { align: 'start' });
            }
        },
        onChoose: (at) => {
            setChosen(rows[at]?.id ?? null);
            // Away from what was pressed before, which Enter would press again.
            place.current?.focus({ preventScroll: true });
            list.scrollToIndex(at, { align: 'auto' });
        },
    });
    const catchUp = useCallback(() => { void feed.catchUp().catch(() => undefined); }, [feed]);
    const heads = [t('logs.time'), t('logs.statusHead'), t('logs.tool'), t('logs.content'), t('logs.caller')];
    const tabStop = chosen ?? rows[0]?.id;
    return (
        <div className={styles.frame}>
            <div className={styles.head} aria-hidden="true">
                <span />{heads.map((head) => <span key={head}>{head}</span>)}
                <span className={styles.duration}>{t('logs.duration')}</span>
            </div>
            <div style={{ position: 'relative', flex: 1, minHeight: 0, display: 'flex' }}>
                {missed.count > 0 && (
                    <Button className={styles.fresh} size="compact-sm" radius="xl" leftSection={<IconArrowUp size={14} />}
                        onClick={missed.jump}>
                        {t('logs.newCalls', { count: missed.count })}
                    </Button>
                )}
                <div ref={place} className={styles.scroll} role="list" aria-label={t('logs.list')} tabIndex={-1}
                    data-testid="calls">
                    <div style={{ height: list.getTotalSize(), position: 'relative' }}>
                        {items.map(({ key, index, start }) => {
                            const row = rows[index];
                            return row !== undefined && (
                                <div key={key} data-index={index} data-call={row.id} ref={list.measureElement} role="listitem"
                                    className={`${styles.item} ${styles[row.status] ?? ''}`}
                                    data-chosen={row.id === chosen ? '' : undefined}
                                    style={{ transform: `translateY(${start}px)` }}>
                                    <CallLine row={row} isOpen={open.has(row.id)} isChosen={row.id === tabStop}
                                        today={today} onToggle={choose} />
                                    {open.has(row.id) && <CallDetail project={project} id={row.id} whole={feed.whole(row.id)} onRan={catchUp} />}
                                </div>
                            );
                        })}
                        <Foot feed={feed} state={state} top={list.getTotalSize() - footHeight} />
                    </div>
                </div>
            </div>
        </div>
    );
}

function Foot({ feed, state, top }: { feed: CallFeed; state: Feed; top: number }) {
    const { t } = useTranslation();
    return (
        <div className={styles.foot} style={{ top }} role="presentation">
            {state.older === 'loading' && t('logs.loadingOlder')}
            {state.older === 'end' && t('logs.end')}
            {state.older === 'failed'
                && <Button size="compact-xs" variant="default" onClick={() => { void feed.loadOlder(); }}>{t('logs.olderFailed')}</Button>}
        </div>
    );
}
