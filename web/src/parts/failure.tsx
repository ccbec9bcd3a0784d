import { Alert, Button, Group, Text } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { isUnreachable } from '@/api/problem';

interface Props {
    failure: unknown;
    what?: string;
    onRetry?: () => void;
}

/** What failed, in the words of the server, and a way to try again. */
export function Failure({ failure, what, onRetry }: Props) {
    const { t } = useTranslation();
    const text = failure instanceof Error ? failure.message : String(failure);
    return (
        <Alert color="red" variant="light" icon={<IconAlertTriangle size={18} />} role="alert"
            title={what ?? (isUnreachable(failure) ? t('failure.unreachable') : t('failure.title'))}>
            <Group justify="space-between" gap="sm" wrap="wrap">
                <Text size="sm">{text}</Text>
                {onRetry !== undefined
                    && <Button size="xs" variant="default" onClick={onRetry}>{t('action.retry')}</Button>}
            </Group>
        </Alert>
    );
}
