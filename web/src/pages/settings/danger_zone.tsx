import { Button, Card, Group, Modal, Stack, Text, Title } from '@mantine/core';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DeleteForm } from './delete_form';
import type { House } from './house';
import { Leave } from './leave';
import { TransferForm } from './transfer_form';

/** What cannot be taken back; nothing at all for those who may do nothing of it. */
export function DangerZone({ house }: { house: House }) {
    const { t } = useTranslation();
    if (!house.owns && !house.isMember) {
        return null;
    }
    return (
        <Card style={{ borderColor: 'color-mix(in srgb, var(--status-error) 45%, transparent)' }}>
            <Title order={2} mb="sm">{t('settings.danger')}</Title>
            <Stack gap="sm">
                {house.isMember && <Leave house={house} />}
                {house.owns && (
                    <>
                        <Danger hint={t('settings.transferHint')} action={t('settings.transfer')} title={t('settings.transferTitle', { name: house.title })}>
                            {(close) => <TransferForm house={house} onDone={close} />}
                        </Danger>
                        <Danger hint={house.words.deleteHint} action={house.words.delete} title={t('settings.deleteTitle', { name: house.title })}>
                            {() => <DeleteForm house={house} />}
                        </Danger>
                    </>
                )}
            </Stack>
        </Card>
    );
}

interface DangerProps {
    hint: string;
    action: string;
    title: string;
    children: (close: () => void) => ReactNode;
}

function Danger({ hint, action, title, children }: DangerProps) {
    const { t } = useTranslation();
    const [opened, setOpened] = useState(false);
    const close = () => { setOpened(false); };
    return (
        <Group justify="space-between">
            <Text size="sm" maw={440}>{hint}</Text>
            <Button color="red" variant="light" onClick={() => { setOpened(true); }}>{action}</Button>
            <Modal opened={opened} onClose={close} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
                {children(close)}
            </Modal>
        </Group>
    );
}
