import { Group, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './facet_rail.module.css';
import type { LogSearch } from './log_search';

const textOf = (value: string | number): string | undefined => (value === '' ? undefined : String(value));

export function DurationFilter({ search, onSearch }: { search: LogSearch; onSearch: (search: LogSearch) => void }) {
    const { t } = useTranslation();
    const [least, setLeast] = useState<string | number>(search.min_duration_ms ?? '');
    const [most, setMost] = useState<string | number>(search.max_duration_ms ?? '');
    const apply = () => {
        const next = { ...search, min_duration_ms: textOf(least), max_duration_ms: textOf(most) };
        if (next.min_duration_ms !== search.min_duration_ms || next.max_duration_ms !== search.max_duration_ms) {
            onSearch(next);
        }
    };
    const isCrossed = least !== '' && most !== '' && Number(least) > Number(most);
    const field = (label: string, value: string | number, onChange: (value: string | number) => void) => (
        <NumberInput size="xs" hideControls min={0} max={86_400_000} placeholder={label} aria-label={`${t('logs.duration')}: ${label}`}
            value={value} onChange={onChange} onBlur={isCrossed ? undefined : apply} error={isCrossed}
            onKeyDown={(event) => { if (event.key === 'Enter' && !isCrossed) { apply(); } }} />
    );
    return (
        <fieldset className={styles.facet}>
            <legend>{t('logs.durationMs')}</legend>
            <Group gap={6} wrap="nowrap">
                {field(t('logs.least'), least, setLeast)}
                <Text size="xs" c="dimmed">–</Text>
                {field(t('logs.most'), most, setMost)}
            </Group>
        </fieldset>
    );
}
