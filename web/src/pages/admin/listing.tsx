import { Group, Pagination, Skeleton } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { SettledSearch } from '@/parts/settled_search';
import { useDocumentTitle } from '@/parts/document_title';
import { TableCard } from '@/parts/table_card';

/** What narrows a list, and how far one leafed through it. */
export interface ListState {
    search: string;
    page: number;
    setSearch: (search: string) => void;
    setPage: (page: number) => void;
}

export function useListState(): ListState {
    const [search, setText] = useState('');
    const [page, setPage] = useState(1);
    const setSearch = (next: string) => {
        setText(next);
        setPage(1);
    };
    return { search, page, setSearch, setPage };
}

interface Paged {
    total: number;
    page: number;
    per_page: number;
}

interface Props<View extends Paged> {
    title: string;
    searchLabel: string;
    state: ListState;
    list: UseQueryResult<View>;
    rows: (view: View) => ReactNode[];
    head: ReactNode;
    empty: ReactNode;
    minWidth: number;
    actions?: ReactNode;
    above?: ReactNode;
}

/** A table of everything of one kind, searched and leafed through by the server. */
export function Listing<View extends Paged>({ title, searchLabel, state, list, rows, head, empty, minWidth, actions, above }: Props<View>) {
    useDocumentTitle(title);
    const { data } = list;
    const shown = data === undefined ? [] : rows(data);
    const pages = data === undefined ? 1 : Math.ceil(data.total / data.per_page);
    return (
        <Page title={title} note={data?.total} actions={(
            <><SettledSearch value={state.search} label={searchLabel} onValue={state.setSearch} w={220} />{actions}</>
        )}>
            {above}
            {list.isError && <Failure failure={list.error} onRetry={() => { void list.refetch(); }} />}
            {list.isPending && <Skeleton h={200} />}
            {data !== undefined && shown.length === 0 && empty}
            {shown.length > 0 && (
                <TableCard minWidth={minWidth} head={head}>{shown}</TableCard>
            )}
            {pages > 1 && <Group justify="center" mt="md"><Pagination total={pages} value={state.page} onChange={state.setPage} /></Group>}
        </Page>
    );
}
