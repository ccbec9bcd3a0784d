import { Checkbox, Group, Skeleton, Stack, Text, UnstyledButton } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { facetsQuery, type CallFilter } from '@/api/calls';
import { Failure } from '@/parts/failure';
import { useCallerName } from './caller_name';
import { DurationFilter } from './duration_filter';
import styles from './facet_rail.module.css';
import { toggled, type Listed, type LogSearch, type Single } from './log_search';
import { useStatusNames } from './status_names';

interface Props {
    project: string;
    filter: CallFilter;
    search: LogSearch;
    onSearch: (search: LogSearch) => void;
}

interface Choice {
    value: string;
    name: string;
    count: number;
    tone?: string;
    /** What it is besides its name, told on hover. */
    id?: string;
}

const whole = new Intl.NumberFormat();
const shownAtFirst = 8;

export function FacetRail({ project, filter, search, onSearch }: Props) {
    const { t } = useTranslation();
    const names = useStatusNames();
    const { data, isPending, isError, error, refetch } = useQuery({
        ...facetsQuery(project, filter), placeholderData: keepPreviousData,
    });
    const callerName = useCallerName();
    if (isError) {
        return <Failure failure={error} what={t('logs.facetsFailed')} onRetry={() => { void refetch(); }} />;
    }
    if (isPending) {
        return <Stack p="md">{[80, 110, 140].map((height) => <Skeleton key={height} h={height} />)}</Stack>;
    }
    const toggle = (name: Listed | Single) => (value: string) => { onSearch(toggled(search, name, value)); };
    const one = (value: string | undefined) => (value === undefined ? [] : [value]);
    return (
        <div className={styles.rail}>
            <Facet title={t('logs.statusHead')} chosen={search.status ?? []} onToggle={toggle('status')}
                choices={data.status.map(({ value, count }) => ({
                    value, count, name: names[value] ?? value, tone: `var(--status-${value})`,
                }))} />
            <Facet title={t('logs.server')} chosen={one(search.server_id)} onToggle={toggle('server_id')}
                choices={data.server.map(({ value, server_id, count }) => ({ value: server_id ?? '', name: value === '' ? t('logs.noServer') : value, count }))} />
            <Facet title={t('logs.tool')} chosen={one(search.tool_name)} onToggle={toggle('tool_name')}
                choices={data.tool.map(({ value, count }) => ({ value, name: value, count }))} />
            <Facet title={t('logs.errorCode')} chosen={search.error_code ?? []} onToggle={toggle('error_code')}
                choices={data.error_code.map(({ value, count }) => ({ value, name: value, count }))} />
            <DurationFilter key={`${search.min_duration_ms} ${search.max_duration_ms}`} search={search} onSearch={onSearch} />
            <Facet title={t('logs.client')} chosen={search.client_type ?? []} onToggle={toggle('client_type')}
                choices={data.client_type.map(({ value, count }) => ({
                    value, count, name: value === 'unknown' ? t('logs.unknownClient') : value,
                }))} />
            <Facet title={t('logs.caller')} chosen={one(search.principal)} onToggle={toggle('principal')}
                choices={data.principal.map(({ value, name, count }) => ({ value, count, name: callerName(value, name), id: value }))} />
        </div>
    );
}

/** What was chosen stays to be taken back, also when nothing matches it any more. */
function complete(choices: Choice[], chosen: string[]): Choice[] {
    const missing = chosen.filter((value) => !choices.some((choice) => choice.value === value));
    return [...choices, ...missing.map((value) => ({ value, name: value, count: 0 }))];
}

function Facet({ title, choices, chosen, onToggle }: {
    title: string; choices: Choice[]; chosen: string[]; onToggle: (value: string) => void;
}) {
    const { t } = useTranslation();
    const [all, setAll] = useState(false);
    const known = complete(choices, chosen);
    if (known.length === 0) {
        return null;
    }
    const shown = all ? known : known.slice(0, shownAtFirst);
    return (
        <fieldset className={styles.facet}>
            <legend>{title}</legend>
            {shown.map(({ value, name, count, tone, id }) => (
                <Group key={value} gap={8} wrap="nowrap" className={styles.choice}>
                    <Checkbox size="xs" checked={chosen.includes(value)} disabled={value === ''} onChange={() => { onToggle(value); }}
                        label={<span className={styles.name} title={id ?? name}>
                            {tone !== undefined && <i style={{ background: tone }} aria-hidden="true" />}{name}
                        </span>}
                        styles={{ root: { flex: 1, minWidth: 0 }, labelWrapper: { minWidth: 0, flex: 1 }, label: { paddingInlineStart: 8, cursor: 'pointer' } }} />
                    <Text size="xs" c="dimmed" className="numbers">{whole.format(count)}</Text>
                </Group>
            ))}
            {known.length > shownAtFirst && (
                <UnstyledButton className={styles.more} onClick={() => { setAll(!all); }}>
                    {all ? t('logs.fewer') : t('logs.moreValues', { count: known.length - shownAtFirst })}
                </UnstyledButton>
            )}
        </fieldset>
    );
}
