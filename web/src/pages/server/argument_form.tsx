import '@mantine/dates/styles.css';
import { Button, Group, JsonInput, SegmentedControl, Stack, Text } from '@mantine/core';
import Form from '@rjsf/mantine';
import type { RJSFSchema } from '@rjsf/utils';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Boundary } from '@/parts/boundary';
import { validator } from './schema_validator';

interface Props {
    schema: object;
    isRunning: boolean;
    onRun: (given: unknown) => void;
}

/** The arguments of a tool, as a form made from its schema or as JSON. */
export function ArgumentForm({ schema, isRunning, onRun }: Props) {
    const { t } = useTranslation();
    const hasFields = Object.keys((schema as RJSFSchema).properties ?? {}).length > 0;
    const isOpen = (schema as RJSFSchema).additionalProperties === true;
    const [view, setView] = useState(hasFields || !isOpen ? 'form' : 'json');
    const [given, setGiven] = useState<unknown>({});
    const [text, setText] = useState('{}');
    const parsed = parse(text);
    const show = (next: string) => {
        if (next === 'json') {
            setText(JSON.stringify(given, null, 2));
        } else if (parsed !== undefined) {
            setGiven(parsed.value);
        }
        setView(next);
    };
    const button = (onClick?: () => void) => (
        <Group justify="flex-end">
            <Button type={onClick === undefined ? 'submit' : 'button'} leftSection={<IconPlayerPlay size={16} />} loading={isRunning}
                disabled={onClick !== undefined && parsed === undefined} onClick={onClick}>{t('logs.run')}</Button>
        </Group>
    );
    const json = (
        <>
            <JsonInput label={t('logs.arguments')} value={text} onChange={setText} autosize minRows={5} maxRows={20}
                error={parsed === undefined ? t('servers.noJson') : undefined}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }} />
            {button(() => { onRun(parsed?.value ?? {}); })}
        </>
    );
    return (
        <Stack>
            <SegmentedControl size="xs" value={view} onChange={show} aria-label={t('server.argumentsAs')} w="max-content"
                data={[{ value: 'form', label: t('server.form') }, { value: 'json', label: 'JSON' }]} />
            {view === 'form' ? (
                <Boundary instead={<><Text size="sm" c="dimmed">{t('server.noForm')}</Text>{json}</>}><Form schema={withoutMeta(schema)} validator={validator} formData={given} noHtml5Validate showErrorList={false} liveValidate={false} onError={() => undefined}
                    onChange={({ formData }) => { setGiven(formData); }} onSubmit={({ formData }) => { onRun(formData ?? {}); }}>
                    {!hasFields && <Text size="sm" c="dimmed" mb="sm">{t('server.noArguments')}</Text>}
                    {button()}
                </Form></Boundary>
            ) : json}
        </Stack>
    );
}

function parse(text: string): { value: unknown } | undefined {
    try {
        return { value: JSON.parse(text) };
    } catch {
        return undefined;
    }
}

/** The form would ask for the draft that the schema names, and show the title of the whole. */
function withoutMeta(schema: object): RJSFSchema {
    const { $schema: _, title: __, ...rest } = schema as RJSFSchema;
    return rest;
}
