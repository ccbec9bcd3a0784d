import { Stack, Text, ThemeIcon } from '@mantine/core';
import type { ReactNode } from 'react';

interface Props {
    icon: ReactNode;
    title: string;
    children?: ReactNode;
    action?: ReactNode;
}

/** Nothing is here, and what to do next. */
export function Empty({ icon, title, children, action }: Props) {
    return (
        <Stack align="center" gap={6} py={48} px="md" ta="center">
            <ThemeIcon variant="light" color="gray" size={44} radius="xl">{icon}</ThemeIcon>
            <Text fw={600} mt={6}>{title}</Text>
            {children !== undefined && <Text size="sm" c="dimmed" maw={460} component="div">{children}</Text>}
            {action !== undefined && <div style={{ marginTop: 10 }}>{action}</div>}
        </Stack>
    );
}
