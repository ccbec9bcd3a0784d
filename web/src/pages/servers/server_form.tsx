import { Alert, Button, Group, NumberInput, SegmentedControl, Select, Stack, Textarea, TextInput } from '@mantine/core';
import { useForm, type UseFormReturnType } from '@mantine/form';
import { useMutation, useSuspenseQuery } from '@tanstack/react-query';
import { IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { RequestFailure } from '@/api/problem';
import { projectQuery } from '@/api/projects';
import { changeServer, createServer } from '@/api/servers';
import type { Server } from '@/api/types';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { definitionOf, emptyFields, fieldsOf, type ServerFields } from './server_fields';

interface Props {
    project: string;
    server?: Server;
    onDone: (name: string) => void;
}

const policies = ['auto', 'shared', 'per-session', 'per-user', 'pool'];

export function ServerForm({ project, server, onDone }: Props) {
    const { t } = useTranslation();
    const { data: { may_set_commands: mayRun } } = useSuspenseQuery(projectQuery(project));
    const form = useForm<ServerFields>({
        initialValues: server === undefined ? { ...emptyFields, transport: mayRun ? 'stdio' : 'streamable-http' } : fieldsOf(server),
        validate: {
            name: (value) => (/^[A-Za-z0-9_-]{1,40}$/.test(value) && !value.includes('__') ? null : t('servers.nameRule')),
            command: (value, { transport }) => (transport === 'stdio' && value.trim() === '' ? t('form.needed') : null),
            url: (value, { transport }) => (transport !== 'stdio' && !/^https?:\/\//.test(value) ? t('servers.urlRule') : null),
        },
    });
    const save = useMutation({
        mutationFn: (fields: ServerFields) => {
            const body = definitionOf(fields, server);
            return server === undefined ? createServer(project, body) : changeServer(project, server.id, body);
        },
        onSuccess: ({ name }) => {
            tell(t('servers.saved', { name }));
            onDone(name);
        },
        onError: (failure) => {
            if (failure instanceof RequestFailure) {
                form.setErrors(failure.fields);
            }
        },
    });
    const isStdio = form.values.transport === 'stdio';
    return (
        <form onSubmit={form.onSubmit((fields) => { save.mutate(fields); })} noValidate>
            <Stack>
                {save.isError && <Failure failure={save.error} what={t('servers.saveFailed')} />}
                <TextInput label={t('form.name')} description={t('servers.nameHint')} withAsterisk {...form.getInputProps('name')} />
                <TextInput label={t('form.description')} {...form.getInputProps('description')} />
                {!mayRun && <Alert color="gray" p="xs" icon={<IconLock size={16} />}>{t('servers.noCommands')}</Alert>}
                {(mayRun || !isStdio) && (
                    <SegmentedControl fullWidth aria-label={t('servers.transport')} {...form.getInputProps('transport')} data={[
                        ...(mayRun ? [{ value: 'stdio', label: t('servers.stdio') }] : []),
                        { value: 'streamable-http', label: 'Streamable HTTP' },
                        { value: 'sse', label: 'SSE' },
                    ]} />
                )}
                {isStdio ? mayRun && <StdioFields form={form} stored={server?.env_names ?? []} />
                    : <RemoteFields form={form} stored={server?.header_names ?? []} />}
                <Group grow align="flex-start">
                    <NumberInput label={t('servers.timeout')} suffix=" s" min={1} {...form.getInputProps('timeout')} />
                    {isStdio && <Select label={t('servers.policy')} data={withCurrent(form.values.policy)} allowDeselect={false} {...form.getInputProps('policy')} />}
                </Group>
                <Group justify="flex-end"><Button type="submit" loading={save.isPending}>{t('action.save')}</Button></Group>
            </Stack>
        </form>
    );
}

const withCurrent = (policy: string): string[] => [...new Set([...policies, policy])];

type Form = Pick<UseFormReturnType<ServerFields>, 'getInputProps'>;
const code = { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } };

function StdioFields({ form, stored }: { form: Form; stored: string[] }) {
    const { t } = useTranslation();
    return (
        <>
            <TextInput label={t('servers.command')} placeholder="npx" withAsterisk styles={code} {...form.getInputProps('command')} />
            <Textarea label={t('servers.args')} description={t('servers.argsHint')} autosize minRows={2} styles={code} {...form.getInputProps('args')} />
            <Textarea label={t('servers.env')} autosize minRows={2} styles={code} placeholder="API_KEY=…"
                description={stored.length === 0 ? t('servers.envHint') : t('servers.stored', { names: stored.join(', ') })}
                {...form.getInputProps('env')} />
            <TextInput label={t('servers.cwd')} styles={code} {...form.getInputProps('cwd')} />
        </>
    );
}

function RemoteFields({ form, stored }: { form: Form; stored: string[] }) {
    const { t } = useTranslation();
    return (
        <>
            <TextInput label="URL" placeholder="https://mcp.example.com/mcp" withAsterisk styles={code} {...form.getInputProps('url')} />
            <Textarea label={t('servers.headers')} autosize minRows={2} styles={code} placeholder="Authorization=Bearer …"
                description={stored.length === 0 ? t('servers.envHint') : t('servers.stored', { names: stored.join(', ') })}
                {...form.getInputProps('headers')} />
        </>
    );
}
