import { Group, Stack } from '@mantine/core';
import { IconTerminal2 } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ServerLogFilter } from '@/api/server_logs';
import { Empty } from '@/parts/empty';
import { LevelChips } from '@/parts/log_lines/level_chips';
import { LogLines } from '@/parts/log_lines/log_lines';
import { SettledSearch } from '@/parts/settled_search';

export function ServerLog({ project, server }: { project: string; server: string }) {
    const { t } = useTranslation();
    const [level, setLevel] = useState<string[]>([]);
    const [text, setText] = useState('');
    const filter = useMemo<ServerLogFilter>(() => ({
        time_range: '7d',
        ...(level.length === 0 ? {} : { level }), ...(text === '' ? {} : { search_text: text }),
    }), [level, text]);
    const source = useMemo(() => ({ project, server }), [project, server]);
    return (
        <Stack gap="sm">
            <Group gap="sm">
                <SettledSearch value={text} label={t('server.searchLog')} onValue={setText} w={240} />
                <LevelChips levels={level} onLevels={setLevel} />
            </Group>
            <div>
                <LogLines source={source} filter={filter} isLive
                    empty={<Empty icon={<IconTerminal2 />} title={t('server.noLog')}>{t('server.noLogHint')}</Empty>} />
            </div>
        </Stack>
    );
}
