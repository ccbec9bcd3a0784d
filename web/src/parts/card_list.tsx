import { Button, Container, Group, SimpleGrid, Skeleton, Text, TextInput, Title } from '@mantine/core';
import type { UseQueryResult } from '@tanstack/react-query';
import { IconPlus, IconSearch } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { Empty } from './empty';
import { Failure } from './failure';
import { named } from './search_words';

interface Props<Item> {
    list: UseQueryResult<Item[]>;
    /** What an item is found by. */
    namesOf: (item: Item) => string[];
    card: (item: Item) => ReactNode;
    icon: ReactNode;
    words: { title: string; search: string; create: string; failed: string; none: string; noneHint: string };
    noMatch: (search: string) => string;
    onCreate: () => void;
}

/** A page of cards that can be searched and added to. */
export function CardList<Item>({ list, namesOf, card, icon, words, noMatch, onCreate }: Props<Item>) {
    const [search, setSearch] = useState('');
    const { data, isPending, isError, error, refetch } = list;
    const found = (data ?? []).filter((item) => named(search, ...namesOf(item)));
    const create = <Button flex="none" leftSection={<IconPlus size={16} />} onClick={onCreate}>{words.create}</Button>;
    return (
        <Container component="main" id="content" size="lg" py="lg">
            <Group justify="space-between" mb="md">
                <Group gap="xs" align="baseline">
                    <Title order={1}>{words.title}</Title>
                    {data !== undefined && <Text c="dimmed" className="numbers">{data.length}</Text>}
                </Group>
                <Group gap="sm" flex="1 1 280px" justify="flex-end" wrap="nowrap">
                    <TextInput value={search} onChange={(event) => { setSearch(event.currentTarget.value); }}
                        leftSection={<IconSearch size={16} />} placeholder={words.search}
                        aria-label={words.search} w="100%" maw={280} />
                    {create}
                </Group>
            </Group>
            {isError && <Failure failure={error} what={words.failed} onRetry={() => { void refetch(); }} />}
            <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="md">
                {isPending && [0, 1, 2].map((each) => <Skeleton key={each} h={148} radius="md" />)}
                {found.map(card)}
            </SimpleGrid>
            {data?.length === 0 && <Empty icon={icon} title={words.none} action={create}>{words.noneHint}</Empty>}
            {data !== undefined && data.length > 0 && found.length === 0 && <Empty icon={<IconSearch />} title={noMatch(search)} />}
        </Container>
    );
}
