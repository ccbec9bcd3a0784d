import { Button, Drawer, Skeleton, Stack, VisuallyHidden } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconFilter, IconListSearch } from '@tabler/icons-react';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { CallList } from './call_list';
import { ExportMenu } from './export_menu';
import { FacetRail } from './facet_rail';
import { FollowControl } from './follow_control';
import { LogHistogram } from './log_histogram';
import styles from './log_page.module.css';
import { cleared, filterOf, isFixed, narrowing, type LogSearch } from './log_search';
import { LogSummary } from './log_summary';
import { RangePicker } from './range_picker';
import { SavedViews } from './saved_views';
import { SearchBox } from './search_box';
import { useCallFeed, type FollowMode } from './use_call_feed';

const from = '/signed-in/projects/$project/logs';

export function LogPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const search = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/logs' });
    const [filtersOpened, filters] = useDisclosure(false);
    useDocumentTitle(t('tabs.logs'), project);

    const fixed = isFixed(search);
    const mode: FollowMode = fixed ? 'off' : search.follow ?? '30s';
    const filterKey = JSON.stringify(filterOf(search));
    const filter = useMemo(() => JSON.parse(filterKey) as ReturnType<typeof filterOf>, [filterKey]);
    const { feed, state, connection } = useCallFeed(project, filter, mode);
    const open = useMemo(() => new Set(search.open), [search.open]);

    const go = useCallback((next: LogSearch) => {
        void navigate({ search: { ...next, open: undefined } });
    }, [navigate]);
    const toggleOpen = useCallback((id: string) => {
        void navigate({
            replace: true, resetScroll: false,
            search: (before) => {
                const shown = before.open ?? [];
                const after = shown.includes(id) ? shown.filter((each) => each !== id) : [...shown, id];
                return { ...before, open: after.length === 0 ? undefined : after };
            },
        });
    }, [navigate]);
    const setRange = useCallback((range: Pick<LogSearch, 'time_range' | 'start_time' | 'end_time'>) => {
        void navigate({ search: (before) => ({
            ...before, time_range: undefined, start_time: undefined, end_time: undefined, ...range,
        }) });
    }, [navigate]);
    const brush = useCallback((start_time: string, end_time: string) => { setRange({ start_time, end_time }); }, [setRange]);
    const rail = <FacetRail project={project} filter={filter} search={search} onSearch={go} />;
    const narrowed = narrowing(search).length;
    return (
        <div className={styles.page}>
            <aside className={styles.side} aria-label={t('logs.filters')}>{rail}</aside>
            <div className={styles.main}>
                <VisuallyHidden component="h1">{t('tabs.logs')}</VisuallyHidden>
                <div className={styles.toolbar}>
                    <SearchBox value={search.search_text ?? ''}
                        onValue={(text) => { go({ ...search, search_text: text === '' ? undefined : text }); }} />
                    <Button variant="default" hiddenFrom="md" leftSection={<IconFilter size={16} />} onClick={filters.open}>
                        {t('logs.filters')}{narrowed > 0 && ` (${narrowed})`}
                    </Button>
                    <RangePicker range={search} onRange={setRange} />
                    <FollowControl mode={mode} isFixed={fixed} connection={connection} onMode={(next) => {
                        void navigate({ replace: true, search: (before) => ({ ...before, follow: next === '30s' ? undefined : next }) });
                    }} />
                    <SavedViews project={project} search={search} onSearch={go} />
                    <ExportMenu project={project} filter={filter} />
                </div>
                <LogHistogram project={project} filter={filter} onRange={brush} />
                <LogSummary project={project} filter={filter} search={search} state={state} onSearch={go} />
                {state.phase === 'failed' && (
                    <div className={styles.body}>
                        <Stack p="md"><Failure failure={state.failure} what={t('logs.failed')} onRetry={() => { void feed.start(); }} /></Stack>
                    </div>
                )}
                {state.phase === 'loading' && (
                    <div className={styles.body} aria-busy="true">
                        <Stack p="md" gap={10}>{Array.from({ length: 12 }, (_, row) => <Skeleton key={row} h={22} />)}</Stack>
                    </div>
                )}
                {state.phase === 'ready' && state.rows.length === 0 && (
                    <div className={styles.body}>
                        <Empty icon={<IconListSearch />} title={narrowed > 0 ? t('logs.noMatch') : t('logs.none')}
                            action={narrowed > 0 && <Button variant="default" onClick={() => { go(cleared(search)); }}>{t('logs.clear')}</Button>}>
                            {narrowed > 0 ? t('logs.noMatchHint') : t('logs.noneHint')}
                        </Empty>
                    </div>
                )}
                {state.phase === 'ready' && state.rows.length > 0
                    && <CallList key={filterKey} project={project} feed={feed} state={state} open={open} onToggle={toggleOpen} />}
            </div>
            <Drawer opened={filtersOpened} onClose={filters.close} title={t('logs.filters')} size={300} hiddenFrom="md"
                closeButtonProps={{ 'aria-label': t('action.close') }}>
                {filtersOpened && rail}
            </Drawer>
        </div>
    );
}

