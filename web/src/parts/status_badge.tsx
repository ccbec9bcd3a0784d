import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colours: Record<string, string> = { online: 'teal', error: 'red', starting: 'blue' };

export function ServerStatus({ status }: { status: string }) {
    const { t } = useTranslation();
    const names: Record<string, string> = {
        online: t('status.online'), error: t('status.error'), starting: t('status.starting'),
        stopped: t('status.stopped'), disabled: t('status.disabled'), unknown: t('status.unknown'),
    };
    return (
        <Badge color={colours[status] ?? 'gray'} tt="none"
            leftSection={<span aria-hidden="true" style={{
                width: 7, height: 7, borderRadius: 7, display: 'inline-block', background: 'currentColor',
            }} />}>
            {names[status] ?? status}
        </Badge>
    );
}
