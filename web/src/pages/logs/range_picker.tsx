import { Button, Group, Popover, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { IconClock } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { defaultRange, ranges, type Range } from './log_search';

interface Props {
    range: Range;
    onRange: (range: Range) => void;
}

/** What a datetime-local field takes, in the zone of the browser. */
const local = (at: string | undefined): string => {
    const time = at === undefined ? new Date() : new Date(at);
    return new Date(time.getTime() - time.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
};

const short = (at: string): string => new Date(at).toLocaleString(undefined, {
    month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', second: '2-digit',
});

export function RangePicker({ range, onRange }: Props) {
    const { t } = useTranslation();
    const [opened, setOpened] = useState(false);
    const preset = range.start_time === undefined ? range.time_range ?? defaultRange : undefined;
    const words = range.start_time === undefined ? t('logs.last', { range: preset ?? defaultRange })
        : `${short(range.start_time)} – ${range.end_time === undefined ? t('logs.now') : short(range.end_time)}`;
    const choose = (next: Range) => {
        onRange(next);
        setOpened(false);
    };
    return (
        <Popover opened={opened} onChange={setOpened} position="bottom-end" shadow="md" trapFocus width={320}>
            <Popover.Target>
                <Button variant="default" leftSection={<IconClock size={16} />} onClick={() => { setOpened(!opened); }}>{words}</Button>
            </Popover.Target>
            <Popover.Dropdown aria-label={t('logs.range')}>
                <Text size="xs" c="dimmed" mb={6}>{t('logs.upToNow')}</Text>
                <SimpleGrid cols={3} spacing={6}>
                    {ranges.map((each) => (
                        <Button key={each} size="compact-sm" variant={each === preset ? 'filled' : 'default'}
                            onClick={() => { choose(each === defaultRange ? {} : { time_range: each }); }}>
                            {each}
                        </Button>
                    ))}
                </SimpleGrid>
                <Custom key={words} range={range} onRange={choose} />
            </Popover.Dropdown>
        </Popover>
    );
}

function Custom({ range, onRange }: Props) {
    const { t } = useTranslation();
    const [from, setFrom] = useState(() => local(range.start_time ?? new Date(Date.now() - 30 * 60_000).toISOString()));
    const [to, setTo] = useState(local(range.end_time));
    const isOrdered = from !== '' && to !== '' && from < to;
    const apply = () => {
        onRange({ start_time: new Date(from).toISOString(), end_time: new Date(to).toISOString() });
    };
    return (
        <Stack gap={8} mt="md">
            <TextInput type="datetime-local" step={1} size="xs" label={t('logs.from')} value={from}
                onChange={(event) => { setFrom(event.currentTarget.value); }} />
            <TextInput type="datetime-local" step={1} size="xs" label={t('logs.to')} value={to}
                error={isOrdered ? undefined : t('logs.order')} onChange={(event) => { setTo(event.currentTarget.value); }} />
            <Group justify="flex-end"><Button size="xs" disabled={!isOrdered} onClick={apply}>{t('logs.apply')}</Button></Group>
        </Stack>
    );
}
