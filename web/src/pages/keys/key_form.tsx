import { Button, Group, MultiSelect, NumberInput, Select, SimpleGrid, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { RequestFailure } from '@/api/problem';
import { serversQuery } from '@/api/servers';
import { projectToolsQuery } from '@/api/tools';
import { Failure } from '@/parts/failure';
import { kept, never, type KeyValues } from './key_values';

interface Props<Saved> {
    project: string;
    start: KeyValues;
    /** When a key that exists ends, in words. */
    keptEnd?: string;
    action: string;
    failed: string;
    save: (values: KeyValues) => Promise<Saved>;
    onSaved: (saved: Saved) => void;
}

const clientTypes = ['cursor', 'claude', 'cline', 'roo', 'kilo', 'windsurf', 'vscode', 'copilot', 'codex', 'gemini', 'zed', 'goose',
    'continue', 'jetbrains', 'inspector', 'node', 'unknown'];

/** What a key is called, how long it holds and what it opens. */
export function KeyForm<Saved>({ project, start, keptEnd, action, failed, save, onSaved }: Props<Saved>) {
    const { t } = useTranslation();
    const form = useForm<KeyValues>({
        initialValues: start,
        validate: { name: (value) => (value.trim() === '' ? t('form.needed') : null) },
    });
    const saving = useMutation({
        mutationFn: save, onSuccess: onSaved,
        onError: (failure) => {
            if (failure instanceof RequestFailure) {
                form.setErrors(failure.fields);
            }
        },
    });
    const ends = [
        ...(keptEnd === undefined ? [] : [{ value: kept, label: keptEnd }]),
        ...['7', '30', '90', '365'].map((days) => ({ value: days, label: t('keys.inDays', { count: Number(days) }) })),
        { value: never, label: t('servers.never') },
    ];
    return (
        <form onSubmit={form.onSubmit((values) => { saving.mutate(values); })}>
            <Stack>
                {saving.isError && <Failure failure={saving.error} what={failed} />}
                <TextInput label={t('form.name')} placeholder={t('keys.nameExample')} data-autofocus withAsterisk {...form.getInputProps('name')} />
                <Textarea label={t('form.description')} autosize minRows={1} {...form.getInputProps('description')} />
                <Select label={t('keys.expires')} allowDeselect={false} data={ends} {...form.getInputProps('expiry')} />
                <ScopeFields project={project} form={form} />
                <LimitFields form={form} />
                <Group justify="flex-end"><Button type="submit" loading={saving.isPending}>{action}</Button></Group>
            </Stack>
        </form>
    );
}

type Form = Pick<UseFormReturnType<KeyValues>, 'getInputProps'>;

function ScopeFields({ project, form }: { project: string; form: Form }) {
    const { t } = useTranslation();
    const { data: servers } = useQuery(serversQuery(project));
    const { data: tools } = useQuery(projectToolsQuery(project));
    return (
        <>
            <Switch label={t('keys.mayCall')} {...form.getInputProps('may_call', { type: 'checkbox' })} />
            <MultiSelect label={t('keys.onlyServers')} description={t('keys.emptyIsAll')} searchable
                data={(servers ?? []).map(({ id, name }) => ({ value: id, label: name }))} {...form.getInputProps('servers')} />
            <TagsInput label={t('keys.onlyTools')} description={t('keys.tagHint')}
                data={[...new Set((tools ?? []).map(({ name }) => name))]} {...form.getInputProps('tools')} />
            <TagsInput label={t('keys.onlyAddresses')} description={t('keys.addressHint')} {...form.getInputProps('ip_ranges')} />
            <MultiSelect label={t('keys.onlyClients')} description={t('keys.emptyIsAll')} searchable data={clientTypes}
                {...form.getInputProps('client_types')} />
        </>
    );
}

function LimitFields({ form }: { form: Form }) {
    const { t } = useTranslation();
    return (
        <SimpleGrid cols={{ base: 1, xs: 3 }} spacing="sm">
            <NumberInput label={t('keys.limit')} min={1} placeholder={t('keys.noLimit')} {...form.getInputProps('calls_per_minute')} />
            <NumberInput label={t('keys.limitDay')} min={1} placeholder={t('keys.noLimit')} {...form.getInputProps('calls_per_day')} />
            <NumberInput label={t('keys.limitAtOnce')} min={1} placeholder={t('keys.noLimit')} {...form.getInputProps('calls_at_once')} />
        </SimpleGrid>
    );
}
