import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colours: Record<string, string> = { owner: 'iris', developer: 'teal', reporter: 'gray' };

export function RoleBadge({ role }: { role: string }) {
    const { t } = useTranslation();
    const names: Record<string, string> = {
        owner: t('role.owner'), developer: t('role.developer'), reporter: t('role.reporter'),
    };
    return <Badge color={colours[role] ?? 'gray'} flex="none">{names[role] ?? role}</Badge>;
}
