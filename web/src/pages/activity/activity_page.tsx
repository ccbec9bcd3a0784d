import { Button, Card, Group, Select, Skeleton, Stack, Switch, TextInput } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import { useNavigate, useParams, useSearch } from '@tanstack/react-router';
import { IconActivity, IconSearch } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { activitiesQuery, type ActivityFilter } from '@/api/activities';
import { ActivityLine } from '@/parts/activity_line';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';

const from = '/signed-in/projects/$project/activity';
const settleMs = 350;
const targets = ['project', 'server', 'tool', 'api_key', 'user', 'team'] as const;
const severities = ['info', 'success', 'warning', 'error'] as const;

export function ActivityPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from });
    const filter = useSearch({ from });
    const navigate = useNavigate({ from: '/projects/$project/activity' });
    const [text, setText] = useState(filter.search ?? '');
    const list = useInfiniteQuery(activitiesQuery(project, filter));
    useDocumentTitle(t('tabs.activity'), project);
    const set = (change: ActivityFilter) => { void navigate({ replace: true, search: (before) => ({ ...before, ...change }) }); };
    useEffect(() => {
        const timer = setTimeout(() => {
            void navigate({ replace: true, search: (before) => ({ ...before, search: text.trim() === '' ? undefined : text.trim() }) });
        }, settleMs);
        return () => { clearTimeout(timer); };
    }, [text, navigate]);
    const events = list.data?.pages.flatMap((page) => page.activities) ?? [];
    const isNarrowed = Object.values(filter).some((value) => value !== undefined);
    return (
        <Page title={t('tabs.activity')} width={860}>
            <Group gap="sm" mb="md">
                <TextInput value={text} onChange={(event) => { setText(event.currentTarget.value); }} leftSection={<IconSearch size={16} />}
                    placeholder={t('activity.search')} aria-label={t('activity.search')} flex="1 1 220px" />
                <Select aria-label={t('activity.about')} placeholder={t('activity.about')} clearable w={150} value={filter.target_type ?? null}
                    onChange={(value) => { set({ target_type: value ?? undefined }); }}
                    data={targets.map((value) => ({ value, label: t(`activity.targets.${value}`) }))} />
                <Select aria-label={t('activity.severity')} placeholder={t('activity.severity')} clearable w={140} value={filter.severity_filter ?? null}
                    onChange={(value) => { set({ severity_filter: value ?? undefined }); }}
                    data={severities.map((value) => ({ value, label: t(`activity.severities.${value}`) }))} />
                <Switch size="sm" label={t('activity.withCalls')} checked={filter.include_tool_calls === 'true'}
                    onChange={(event) => { set({ include_tool_calls: event.currentTarget.checked ? 'true' : undefined }); }} />
            </Group>
            {list.isError && <Failure failure={list.error} what={t('activity.failed')} onRetry={() => { void list.refetch(); }} />}
            {list.isPending && <Skeleton h={320} />}
            {list.isSuccess && events.length === 0
                && <Empty icon={<IconActivity />} title={isNarrowed ? t('activity.noMatch') : t('activity.none')}>{t('overview.noActivity')}</Empty>}
            {events.length > 0 && <Card><Stack gap="md">{events.map((event) => <ActivityLine key={event.id} event={event} />)}</Stack></Card>}
            {list.hasNextPage && (
                <Group justify="center" mt="md"><Button variant="default" loading={list.isFetchingNextPage} onClick={() => { void list.fetchNextPage(); }}>{t('action.more')}</Button></Group>
            )}
        </Page>
    );
}
