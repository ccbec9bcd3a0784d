import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const colours: Record<string, string> = { owner: 'iris', developer: 'teal', reporter: 'gray' };

/** The role of somebody; null for administrators, who come in without one. */
export function RoleBadge({ role }: { role: string | null }) {
    const { t } = useTranslation();
    if (role === null) {
        return <Badge color="gray" flex="none">{t('role.administrator')}</Badge>;
    }
    const names: Record<string, string> = {
        owner: t('role.owner'), developer: t('role.developer'), reporter: t('role.reporter'),
    };
    return <Badge color={colours[role] ?? 'gray'} flex="none">{names[role] ?? role}</Badge>;
}
