import { Anchor, Group, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { Server } from '@/api/types';

export function ServerName({ project, server }: { project: string; server: Server }) {
    return (
        <Group gap={8} wrap="nowrap">
            <Anchor fw={600} c="inherit" truncate renderRoot={(props) => (
                <Link to="/projects/$project/servers/$server" params={{ project, server: server.name }} {...props} />
            )}>{server.name}</Anchor>
            {server.display_name !== server.name && <Text c="dimmed" size="sm" truncate>{server.display_name}</Text>}
        </Group>
    );
}
