import { Button, Center, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

export function NotFound() {
    const { t } = useTranslation();
    return (
        <Center component="main" mih="70vh" p="md">
            <Stack align="center" gap="xs" maw={420} ta="center">
                <Text className="mono" c="dimmed">404</Text>
                <Title order={1}>{t('notFound.title')}</Title>
                <Text c="dimmed">{t('notFound.detail')}</Text>
                <Button component={Link} to="/projects" mt="sm">{t('notFound.back')}</Button>
            </Stack>
        </Center>
    );
}
