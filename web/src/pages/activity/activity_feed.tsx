import { Button, Card, Group, Select, Skeleton, Stack, Switch } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { IconActivity } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { activitiesQuery, type ActivityFilter, type FeedOf } from '@/api/activities';
import { ActivityLine } from '@/parts/activity_line';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { SettledSearch } from '@/parts/settled_search';

/** The server tells calls in the whole feed only. */
const wholeOnly = { include_tool_calls: undefined };
const severities = ['info', 'success', 'warning', 'error'] as const;

interface Props {
    of: FeedOf;
    filter: ActivityFilter;
    /** What an event may be about. */
    targets: readonly ('project' | 'server' | 'tool' | 'api_key' | 'member' | 'team')[];
    noneHint: string;
    onFilter: (change: ActivityFilter) => void;
}

/** What happened in a project or a team, narrowed by what the address says. */
export function ActivityFeed({ of, filter, targets, noneHint, onFilter }: Props) {
    const { t } = useTranslation();
    const list = useInfiniteQuery(activitiesQuery(of, filter));
    const events = list.data?.pages.flatMap((page) => page.activities) ?? [];
    const { include_tool_calls: withCalls, ...narrowing } = filter;
    const isNarrowed = Object.values(narrowing).some((value) => value !== undefined);
    return (
        <Page title={t('tabs.activity')} width={860}>
            <Group gap="sm" mb="md">
                <SettledSearch value={filter.search ?? ''} label={t('activity.search')} flex="1 1 220px"
                    onValue={(text) => { onFilter({ search: text === '' ? undefined : text, ...wholeOnly }); }} />
                <Select aria-label={t('activity.about')} placeholder={t('activity.about')} clearable w={150} value={filter.target_type ?? null}
                    onChange={(value) => { onFilter({ target_type: value ?? undefined, ...wholeOnly }); }}
                    data={targets.map((value) => ({ value, label: t(`activity.targets.${value}`) }))} />
                <Select aria-label={t('activity.severity')} placeholder={t('activity.severity')} clearable w={140} value={filter.severity_filter ?? null}
                    onChange={(value) => { onFilter({ severity_filter: value ?? undefined, ...wholeOnly }); }}
                    data={severities.map((value) => ({ value, label: t(`activity.severities.${value}`) }))} />
                {'project' in of && (
                    <Switch size="sm" label={t('activity.withCalls')} checked={withCalls === 'true'} disabled={isNarrowed}
                        onChange={(event) => { onFilter({ include_tool_calls: event.currentTarget.checked ? 'true' : undefined }); }} />
                )}
            </Group>
            {list.isError && <Failure failure={list.error} what={t('activity.failed')} onRetry={() => { void list.refetch(); }} />}
            {list.isPending && <Skeleton h={320} />}
            {list.isSuccess && events.length === 0
                && <Empty icon={<IconActivity />} title={isNarrowed ? t('activity.noMatch') : t('activity.none')}>{isNarrowed ? undefined : noneHint}</Empty>}
            {events.length > 0 && <Card><Stack gap="md">{events.map((event) => <ActivityLine key={event.id} event={event} />)}</Stack></Card>}
            {list.hasNextPage && (
                <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage(); }}>{t('action.more')}</Button></Group>
            )}
        </Page>
    );
}
