import { Box, Center, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { LanguageMenu } from '@/app/language_menu';
import { SchemeToggle } from '@/app/scheme_toggle';
import { Logo } from '@/parts/logo';

interface Props {
    title: string;
    detail: string;
    children: ReactNode;
}

/** The frame of the pages before anybody is signed in. */
export function Entrance({ title, detail, children }: Props) {
    return (
        <Box mih="100vh" style={{ display: 'flex', flexDirection: 'column' }}>
            <Group justify="flex-end" p="sm" gap={4} component="header"><LanguageMenu /><SchemeToggle /></Group>
            <Center component="main" flex={1} px="md" pb={96}>
                <Stack w="100%" maw={380} gap="lg">
                    <Stack align="center" gap={10} ta="center">
                        <Logo size={44} />
                        <Title order={1}>{title}</Title>
                        <Text c="dimmed" size="sm">{detail}</Text>
                    </Stack>
                    <Paper withBorder p="lg" radius="lg">{children}</Paper>
                </Stack>
            </Center>
        </Box>
    );
}
