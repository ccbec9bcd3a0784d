import { Group, Text, ThemeIcon } from '@mantine/core';
import {
    IconFolder, IconKey, IconPlugConnected, IconServer2, IconSettings, IconTool, IconUser, IconUsersGroup,
} from '@tabler/icons-react';
import type { ActivityEvent } from '@/api/types';
import { Moment } from './moment';

const icons: [string, typeof IconFolder][] = [
    ['member', IconUser], ['user', IconUser], ['team', IconUsersGroup], ['server', IconServer2],
    ['api_key', IconKey], ['tool', IconTool], ['project_security', IconSettings], ['project', IconFolder],
];
const colours: Record<string, string> = { success: 'teal', warning: 'orange', error: 'red', info: 'iris' };

/** The server tells in small letters, which is right in the middle of a text. */
const sentence = (words: string): string =>
    words.replace(/^api key/, 'API key').replace(/^./, (first) => first.toUpperCase());

export function ActivityLine({ event }: { event: ActivityEvent }) {
    const Icon = icons.find(([word]) => event.action.startsWith(word))?.[1] ?? IconPlugConnected;
    return (
        <Group gap="sm" wrap="nowrap" align="flex-start">
            <ThemeIcon variant="light" size={30} radius="xl" color={colours[event.severity] ?? 'gray'}><Icon size={16} /></ThemeIcon>
            <div style={{ minWidth: 0, flex: 1 }}>
                <Text size="sm" style={{ overflowWrap: 'anywhere' }}>{sentence(event.description)}</Text>
                <Text size="xs" c="dimmed">{event.user_name === '' ? event.actor : event.user_name} · <Moment at={event.created_at} /></Text>
            </div>
        </Group>
    );
}
