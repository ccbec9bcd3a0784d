import { Button, Group, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useConfirm } from '@/parts/confirm';
import { tellFailure } from '@/parts/notice';
import { useGoodbye, type House } from './house';

export function Leave({ house }: { house: House }) {
    const { t } = useTranslation();
    const confirm = useConfirm();
    const goodbye = useGoodbye(house);
    const leave = useMutation({
        mutationFn: house.leave, onSuccess: goodbye,
        onError: (failure) => { tellFailure(t('settings.notLeft'), failure); },
    });
    return (
        <Group justify="space-between">
            <Text size="sm" maw={440}>{house.words.leaveHint}</Text>
            <Button color="red" variant="default" loading={leave.isPending} onClick={() => { confirm({
                title: t('settings.leaveTitle', { name: house.title }), detail: house.words.leaveHint,
                action: house.words.leave, onYes: () => { leave.mutate(); },
            }); }}>{house.words.leave}</Button>
        </Group>
    );
}
