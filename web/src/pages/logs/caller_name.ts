import { useTranslation } from 'react-i18next';

/** What a caller is called; a key or person that is gone, by the begin of the id. */
export function useCallerName(): (principal: string, name: string | null) => string {
    const { t } = useTranslation();
    return (principal, name) => {
        const [kind, id = ''] = principal.split(':', 2);
        switch (kind) {
            case 'key': return t('logs.key', { name: name ?? id.slice(0, 8) });
            case 'user': return name ?? t('logs.user', { name: id.slice(0, 8) });
            default: return name ?? principal;
        }
    };
}
