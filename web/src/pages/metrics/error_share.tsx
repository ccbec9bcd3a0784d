import { Anchor, Card, Group, Progress, Stack, Text, Title, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Metrics } from '@/api/types';
import { useErrorWords } from '../logs/error_words';
import type { LogSearch } from '../logs/log_search';

const whole = new Intl.NumberFormat();

export function ErrorShare({ project, metrics, search }: { project: string; metrics: Metrics; search: LogSearch }) {
    const { t } = useTranslation();
    const words = useErrorWords();
    const total = metrics.errors.reduce((sum, { count }) => sum + count, 0);
    return (
        <Card>
            <Title order={2} mb="sm">{t('metrics.errors')}</Title>
            {metrics.errors.length === 0 && <Text size="sm" c="dimmed">{t('metrics.noErrors')}</Text>}
            <Stack gap="sm">
                {metrics.errors.map(({ error_code, count }) => (
                    <div key={error_code}>
                        <Group justify="space-between" mb={3}>
                            <Tooltip label={words[error_code] ?? error_code}>
                                <Anchor size="sm" className="mono" c="inherit" renderRoot={(props) => (
                                    <Link to="/projects/$project/logs" params={{ project }} search={{ ...search, error_code: [error_code] }} {...props} />
                                )}>{error_code}</Anchor>
                            </Tooltip>
                            <Text size="sm" className="numbers">{whole.format(count)} <Text span size="xs" c="dimmed">{((count / total) * 100).toFixed(1)} %</Text></Text>
                        </Group>
                        <Progress value={(count / total) * 100} color="var(--chart-error)" size="sm" aria-label={error_code} />
                    </div>
                ))}
            </Stack>
        </Card>
    );
}
