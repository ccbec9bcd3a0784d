import { Button, Group, Select, Skeleton, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { useAskAgain } from '../members/ask_again';
import type { House } from './house';

export function TransferForm({ house, onDone }: { house: House; onDone: () => void }) {
    const { t } = useTranslation();
    const [email, setEmail] = useState<string | null>(null);
    const askAgain = useAskAgain(house.roster);
    const { data, isPending, isError, error, refetch } = useQuery(house.roster.people);
    const transfer = useMutation({
        mutationFn: () => house.transfer(email ?? ''),
        onSuccess: () => {
            tell(t('settings.transferred', { name: house.title }));
            void askAgain();
            onDone();
        },
    });
    const others = (data ?? []).filter((person) => !person.is_current_user);
    return (
        <form onSubmit={(event) => { event.preventDefault(); transfer.mutate(); }}>
            <Stack>
                {isError && <Failure failure={error} what={t('members.failed')} onRetry={() => { void refetch(); }} />}
                {transfer.isError && <Failure failure={transfer.error} what={t('settings.notTransferred')} />}
                {isPending && <Skeleton h={60} />}
                {data !== undefined && others.length === 0 && <Text size="sm">{t('settings.nobodyElse')}</Text>}
                {others.length > 0 && (
                    <Select label={t('settings.newOwner')} description={t('settings.newOwnerHint')} value={email} onChange={setEmail} searchable data-autofocus
                        data={others.map((person) => ({ value: person.email, label: `${person.name} (${person.email})` }))} />
                )}
                <Group justify="flex-end"><Button type="submit" color="red" disabled={email === null} loading={transfer.isPending}>{t('settings.transfer')}</Button></Group>
            </Stack>
        </form>
    );
}
