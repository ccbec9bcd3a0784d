import { useTranslation } from 'react-i18next';
import { useNow } from './now';
import { exactUtc, relative } from './time_words';

interface Props {
    at: string | null | undefined;
    never?: string;
}

/** "3 min ago", with the exact time in UTC on hover. */
export function Moment({ at, never }: Props) {
    const { i18n } = useTranslation();
    const now = useNow();
    if (at === null || at === undefined) {
        return <>{never ?? '—'}</>;
    }
    return <time dateTime={at} title={exactUtc(at)}>{relative(at, now, i18n.language)}</time>;
}
