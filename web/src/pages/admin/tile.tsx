import { Card, Text } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
    name: string;
    value: ReactNode;
    more?: ReactNode;
}

const whole = new Intl.NumberFormat();

/** One number, or word, with what it is. */
export function Tile({ name, value, more }: Props) {
    return (
        <Card p="sm">
            <Text size="xs" c="dimmed">{name}</Text>
            <Text fw={700} fz={20} component="div" className="numbers" lh={1.4}>{typeof value === 'number' ? whole.format(value) : value}</Text>
            {more !== undefined && <Text size="xs" c="dimmed" component="div">{more}</Text>}
        </Card>
    );
}
