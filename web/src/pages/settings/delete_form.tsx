import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { useGoodbye, type House } from './house';

export function DeleteForm({ house }: { house: House }) {
    const { t } = useTranslation();
    const goodbye = useGoodbye(house);
    const [typed, setTyped] = useState('');
    const remove = useMutation({
        mutationFn: house.remove,
        onSuccess: async () => {
            tell(t('settings.deleted', { name: house.title }));
            await goodbye();
        },
    });
    return (
        <form onSubmit={(event) => { event.preventDefault(); remove.mutate(); }}>
            <Stack>
                {remove.isError && <Failure failure={remove.error} what={house.words.notDeleted} />}
                <Text size="sm">{house.words.deleteDetail}</Text>
                <TextInput label={t('settings.typeName', { name: house.name })} value={typed} autoComplete="off" data-autofocus
                    onChange={(event) => { setTyped(event.currentTarget.value); }} />
                <Group justify="flex-end"><Button type="submit" color="red" disabled={typed !== house.name} loading={remove.isPending}>{house.words.delete}</Button></Group>
            </Stack>
        </form>
    );
}
