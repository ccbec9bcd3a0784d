import { Badge, Button, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { IconRefreshDot } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { rotateSecrets, secretsQuery } from '@/api/admin';
import { useConfirm } from '@/parts/confirm';
import { Failure } from '@/parts/failure';
import { tell, tellFailure } from '@/parts/notice';

/** The keys that encrypt variables and headers of servers, by their ids. */
export function SecretsCard() {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const { data, isPending, isError, error, refetch } = useQuery(secretsQuery);
    const rotate = useMutation({
        mutationFn: rotateSecrets,
        onSuccess: (state) => {
            queries.setQueryData(secretsQuery.queryKey, state);
            tell(t('admin.rotated'));
        },
        onError: (failure) => { tellFailure(t('admin.notRotated'), failure); },
        onSettled: () => queries.invalidateQueries({ queryKey: secretsQuery.queryKey }),
    });
    const isFile = data?.source === 'file';
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Title order={2}>{t('admin.secrets')}</Title>
                {data !== undefined && (
                    <Button size="xs" variant="default" leftSection={<IconRefreshDot size={15} />} loading={rotate.isPending} onClick={() => { confirm({
                        title: t('admin.rotateTitle'), detail: isFile ? t('admin.rotateFile') : t('admin.rotateSetting'),
                        action: t('admin.rotate'), onYes: () => { rotate.mutate(); },
                    }); }}>{t('admin.rotate')}</Button>
                )}
            </Group>
            {isPending && <Skeleton h={60} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data !== undefined && (
                <Stack gap={8}>
                    <Text size="sm" c="dimmed">{isFile ? t('admin.fromFile') : t('admin.fromSetting')}</Text>
                    {data.key_ids.map((id, index) => (
                        <Group key={id} gap="sm">
                            <Text size="sm" className="mono">{id}</Text>
                            {index === 0 && <Badge color="teal" tt="none">{t('admin.encrypts')}</Badge>}
                            <Text size="sm" c="dimmed">{t('admin.sealed', { count: data.sealed_values[id] ?? 0 })}</Text>
                        </Group>
                    ))}
                </Stack>
            )}
        </Card>
    );
}
