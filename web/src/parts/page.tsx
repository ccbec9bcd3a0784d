import { Group, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
    title: string;
    /** Stands right of the heading. */
    mark?: ReactNode;
    note?: ReactNode;
    actions?: ReactNode;
    children: ReactNode;
    width?: number;
}

/** The frame of a page: heading, what can be done with all of it, and its content. */
export function Page({ title, mark, note, actions, children, width = 1440 }: Props) {
    return (
        <div style={{ maxWidth: width, margin: '0 auto' }}>
            <Group justify="space-between" mb="md" gap="sm" mih={36}>
                <Group gap="sm" align="baseline">
                    <Title order={1}>{title}</Title>
                    {mark}
                    {note !== undefined && <Text c="dimmed" size="sm" component="div" className="numbers">{note}</Text>}
                </Group>
                {actions !== undefined && <Group gap="xs">{actions}</Group>}
            </Group>
            {children}
        </div>
    );
}
