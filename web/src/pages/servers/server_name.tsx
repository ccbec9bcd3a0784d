import { Group, Text } from '@mantine/core';
import type { Server } from '@/api/types';

export function ServerName({ server }: { project: string; server: Server }) {
    return (
        <Group gap={8} wrap="nowrap">
            <Text fw={600} truncate>{server.name}</Text>
            {server.display_name !== server.name && <Text c="dimmed" size="sm" truncate>{server.display_name}</Text>}
        </Group>
    );
}
