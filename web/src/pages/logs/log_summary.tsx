import { Pill, Text, UnstyledButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { CallFilter } from '@/api/calls';
import type { Feed } from './call_feed';
import { useChosenWords } from './chosen_words';
import styles from './log_page.module.css';
import { cleared, narrowing, type LogSearch } from './log_search';

interface Props {
    project: string;
    filter: CallFilter;
    search: LogSearch;
    state: Feed;
    onSearch: (search: LogSearch) => void;
}

const whole = new Intl.NumberFormat();

/** How many calls match, and by what they were narrowed. */
export function LogSummary({ project, filter, search, state, onSearch }: Props) {
    const { t } = useTranslation();
    const words = useChosenWords(project, filter);
    const names: Partial<Record<keyof LogSearch, string>> = {
        status: t('logs.statusHead'), error_code: t('logs.errorCode'), client_type: t('logs.client'),
        server_id: t('logs.server'), session_id: t('logs.session'), tool_name: t('logs.tool'),
        principal: t('logs.caller'), min_duration_ms: t('logs.least'), max_duration_ms: t('logs.most'),
        search_text: t('logs.text'),
    };
    const chosen = narrowing(search);
    const count = state.total === null ? '' : `${whole.format(state.total)}${state.isMoreThanTotal ? '+' : ''}`;
    const without = (name: keyof LogSearch): LogSearch => ({ ...search, [name]: undefined });
    return (
        <div className={styles.summary}>
            <Text size="sm" fw={600} className="numbers" role="status">
                {state.phase === 'ready' && t('logs.matching', { total: count, count: state.total ?? 0 })}
            </Text>
            {chosen.map((name) => (
                <Pill key={name} size="sm" withRemoveButton onRemove={() => { onSearch(without(name)); }}
                    removeButtonProps={{ 'aria-label': t('logs.without', { name: names[name] ?? name }), 'aria-hidden': false, tabIndex: 0 }}>
                    {names[name]}: {[search[name]].flat().map((value) => words(name, value ?? '')).join(', ')}
                </Pill>
            ))}
            {chosen.length > 0 && (
                <UnstyledButton c="var(--mantine-color-anchor)" fz={12.5} onClick={() => { onSearch(cleared(search)); }}>{t('logs.clear')}</UnstyledButton>
            )}
            <span className={styles.keys}><kbd>j</kbd> <kbd>k</kbd> {t('logs.keyMove')} · <kbd>↵</kbd> {t('logs.keyOpen')} · <kbd>/</kbd> {t('logs.keySearch')}</span>
        </div>
    );
}
