import { useQuery, useSuspenseQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { keysQuery } from '@/api/keys';
import { projectQuery } from '@/api/projects';
import { accountQuery } from '@/api/session';

/** Names for callers. Keys are asked for only when one of `principals` is a key. */
export function usePrincipalNames(project: string, principals: string[]): (principal: string) => string {
    const { t } = useTranslation();
    const { data: account } = useSuspenseQuery(accountQuery);
    const { data: detail } = useSuspenseQuery(projectQuery(project));
    const { data: keys } = useQuery({
        ...keysQuery(project), staleTime: 300_000,
        enabled: principals.some((each) => each.startsWith('key:')),
    });
    return (principal) => {
        const [kind, id = ''] = principal.split(':', 2);
        if (kind === 'key') {
            const key = keys?.find((each) => each.id === id);
            return t('logs.key', { name: key?.name ?? id.slice(0, 8) });
        }
        if (kind === 'user') {
            const member = detail.members.find((each) => each.user_id === id);
            return member?.user_name ?? (id === account.id ? account.name : t('logs.user', { name: id.slice(0, 8) }));
        }
        return principal;
    };
}
