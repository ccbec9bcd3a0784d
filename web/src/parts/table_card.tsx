import { Card, Table } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
    /** In px; on less the table scrolls sideways. */
    minWidth: number;
    /** The cells of its head. */
    head: ReactNode;
    /** Its rows. */
    children: ReactNode;
    /** Whether most of it are numbers. */
    isOfNumbers?: boolean;
}

/** A table that is a page's main part. */
export function TableCard({ minWidth, head, children, isOfNumbers = false }: Props) {
    return (
        <Card p={0}>
            <Table.ScrollContainer minWidth={minWidth} type="native" tabIndex={0}>
                <Table fz="sm" horizontalSpacing="md" className={isOfNumbers ? 'numbers' : ''}>
                    <Table.Thead><Table.Tr c="dimmed" fz="xs">{head}</Table.Tr></Table.Thead>
                    <Table.Tbody>{children}</Table.Tbody>
                </Table>
            </Table.ScrollContainer>
        </Card>
    );
}
