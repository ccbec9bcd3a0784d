import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';

/** The first owner of a project or team; some have none. */
export function OwnerName({ name, email }: { name: string | null; email: string | null }) {
    const { t } = useTranslation();
    if (name === null) {
        return <Text size="sm" c="dimmed">{t('admin.noOwner')}</Text>;
    }
    return <><Text size="sm">{name}</Text><Text size="xs" c="dimmed">{email}</Text></>;
}
