import { Switch } from '@mantine/core';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { IconTerminal2 } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerLogFilter } from '@/api/server_logs';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { LogLines } from '@/parts/log_lines/log_lines';
import { Page } from '@/parts/page';
import { defaultRange as rangeOfPicker, type Range } from '../logs/log_search';
import { RangePicker } from '../logs/range_picker';
import { lineOrigin } from './line_origin';
import { SystemLogFilters } from './system_log_filters';
import { defaultRange, rangedFilter } from './system_log_search';

const from = '/signed-in/admin/logs';

/** The picker leaves its own default out of an address; this page has another. */
const searchOf = (range: Range): Range => (range.start_time === undefined && range.time_range === undefined
    ? { time_range: rangeOfPicker } : range);

export function SystemLogPage() {
    const { t } = useTranslation();
    const search = useSearch({ from });
    const navigate = useNavigate({ from: '/admin/logs' });
    const [isFollowed, setFollowed] = useState(true);
    useDocumentTitle(t('admin.logs'));
    const set = (change: { [Name in keyof ServerLogFilter]: ServerLogFilter[Name] | undefined }) => {
        void navigate({ replace: true, search: (before) => ({ ...before, ...change }) });
    };
    const filter = rangedFilter(search);
    const { time_range = defaultRange, start_time, end_time } = filter;
    const isFixed = end_time !== undefined;
    return (
        <Page title={t('admin.logs')} actions={(
            <>
                <Switch label={t('logs.live')} size="sm" checked={isFollowed && !isFixed} disabled={isFixed}
                    onChange={(event) => { setFollowed(event.currentTarget.checked); }} />
                <RangePicker range={start_time === undefined ? { time_range } : { start_time, ...(isFixed ? { end_time } : {}) }}
                    onRange={(range) => { set({ time_range: undefined, start_time: undefined, end_time: undefined, ...searchOf(range) }); }} />
            </>
        )}>
            <SystemLogFilters search={search} onSearch={set} />
            <LogLines source="everywhere" filter={filter} isLive={isFollowed && !isFixed} origin={lineOrigin}
                empty={<Empty icon={<IconTerminal2 />} title={t('server.noLog')}>{t('admin.noLogHint')}</Empty>} />
        </Page>
    );
}
