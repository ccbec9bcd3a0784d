import { Button, Group, Modal, NumberInput, Select, Stack, Switch, TagsInput, Textarea, TextInput } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { createKey, keysQuery } from '@/api/keys';
import { Failure } from '@/parts/failure';
import type { FreshKey } from './shown_once';

interface Props {
    project: string;
    opened: boolean;
    onClose: () => void;
    onFresh: (fresh: FreshKey) => void;
}

export function NewKeyModal({ opened, onClose, ...rest }: Props) {
    const { t } = useTranslation();
    return (
        <Modal opened={opened} onClose={onClose} title={t('keys.create')} closeButtonProps={{ 'aria-label': t('action.close') }}>
            <NewKeyForm onClose={onClose} {...rest} />
        </Modal>
    );
}

const dayMs = 86_400_000;

function NewKeyForm({ project, onClose, onFresh }: Omit<Props, 'opened'>) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const form = useForm({
        initialValues: { name: '', description: '', days: '90', may_call: true, servers: [] as string[], tools: [] as string[], per_minute: '' as string | number },
        validate: { name: (value) => (value.trim() === '' ? t('form.needed') : null) },
    });
    const create = useMutation({
        mutationFn: ({ name, description, days, may_call, servers, tools, per_minute }: typeof form.values) => createKey(project, {
            name: name.trim(), description,
            expires_at: days === '' ? null : new Date(Date.now() + Number(days) * dayMs).toISOString(),
            scope: { may_call, servers, tools },
            limits: { calls_per_minute: Number(per_minute === '' ? 0 : per_minute) },
        }),
        onSuccess: async ({ name, api_key }) => {
            await queries.invalidateQueries({ queryKey: keysQuery(project).queryKey });
            onClose();
            onFresh({ name, secret: api_key });
        },
    });
    return (
        <form onSubmit={form.onSubmit((values) => { create.mutate(values); })}>
            <Stack>
                {create.isError && <Failure failure={create.error} what={t('keys.notCreated')} />}
                <TextInput label={t('form.name')} placeholder={t('keys.nameExample')} data-autofocus withAsterisk {...form.getInputProps('name')} />
                <Textarea label={t('form.description')} autosize minRows={1} {...form.getInputProps('description')} />
                <Select label={t('keys.expires')} allowDeselect={false} {...form.getInputProps('days')} data={[
                    ...['7', '30', '90', '365'].map((days) => ({ value: days, label: t('keys.inDays', { count: Number(days) }) })),
                    { value: '', label: t('servers.never') },
                ]} />
                <Switch label={t('keys.mayCall')} {...form.getInputProps('may_call', { type: 'checkbox' })} />
                <TagsInput label={t('keys.onlyServers')} description={t('keys.tagHint')} {...form.getInputProps('servers')} />
                <TagsInput label={t('keys.onlyTools')} description={t('keys.tagHint')} {...form.getInputProps('tools')} />
                <NumberInput label={t('keys.limit')} min={1} {...form.getInputProps('per_minute')} />
                <Group justify="flex-end"><Button type="submit" loading={create.isPending}>{t('keys.create')}</Button></Group>
            </Stack>
        </form>
    );
}
