import { Badge, Button, Card, Code, Group, JsonInput, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { importServers } from '@/api/servers';
import type { ImportResult } from '@/api/types';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { readConfig } from './read_config';

const sample = `{
  "mcpServers": {
    "memory": {
      "command": "npx",
      "args": ["-y", "@modelcontextprotocol/server-memory"]
    }
  }
}`;

const colours: Record<string, string> = { created: 'teal', updated: 'blue', unchanged: 'gray', failed: 'red' };

function Outcome({ result }: { result: ImportResult }) {
    const { t } = useTranslation();
    const names: Record<string, string> = {
        created: t('servers.outcome.created'), updated: t('servers.outcome.updated'),
        unchanged: t('servers.outcome.unchanged'), failed: t('servers.outcome.failed'),
    };
    return (
        <Group gap="sm" wrap="nowrap" align="flex-start">
            <Badge color={colours[result.outcome] ?? 'gray'} tt="none" miw={96}>{names[result.outcome] ?? result.outcome}</Badge>
            <div>
                <Text size="sm" fw={600}>{result.name}</Text>
                {result.original_name !== result.name
                    && <Text size="xs" c="dimmed">{t('servers.wasNamed', { name: result.original_name })}</Text>}
                {result.error !== null && <Text size="xs" c="var(--status-error)">{result.error}</Text>}
            </div>
        </Group>
    );
}

export function PasteServers({ project, onDone }: { project: string; onDone: () => void }) {
    const { t } = useTranslation();
    const [text, setText] = useState('');
    const config = readConfig(text);
    const preview = useMutation({ mutationFn: () => importServers(project, config, true) });
    const take = useMutation({
        mutationFn: () => importServers(project, config, false),
        onSuccess: ({ results }) => {
            const taken = results.filter((each) => each.outcome !== 'failed').length;
            tell(t('servers.imported', { count: taken }));
            onDone();
        },
    });
    const results = preview.data?.results;
    const usable = results?.filter((each) => each.outcome !== 'failed').length ?? 0;
    return (
        <Stack>
            <Text size="sm" c="dimmed">{t('servers.pasteHint')}</Text>
            <JsonInput value={text} onChange={(value) => { setText(value); preview.reset(); }} label={t('servers.json')}
                placeholder={sample} autosize minRows={10} maxRows={22} spellCheck={false}
                styles={{ input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } }}
                error={text !== '' && config === undefined ? t('servers.noJson') : undefined} data-autofocus />
            {preview.isError && <Failure failure={preview.error} />}
            {take.isError && <Failure failure={take.error} />}
            {results !== undefined && (
                <Card aria-live="polite">
                    <Text size="sm" fw={600} mb="sm">{t('servers.preview')}</Text>
                    <Stack gap="sm">
                        {results.map((result) => <Outcome key={result.original_name} result={result} />)}
                        {results.length === 0 && <Text size="sm" c="dimmed">{t('servers.nothingIn')} <Code>mcpServers</Code></Text>}
                    </Stack>
                </Card>
            )}
            <Group justify="flex-end">
                {results === undefined || usable === 0
                    ? <Button disabled={config === undefined} loading={preview.isPending} onClick={() => { preview.mutate(); }}>{t('servers.previewAction')}</Button>
                    : <Button loading={take.isPending} onClick={() => { take.mutate(); }}>{t('servers.importAction', { count: usable })}</Button>}
            </Group>
        </Stack>
    );
}
