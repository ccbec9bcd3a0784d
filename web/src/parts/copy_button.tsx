import { ActionIcon, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function CopyButton({ text, label }: { text: string; label: string }) {
    const { t } = useTranslation();
    return (
        <Copying value={text} timeout={1600}>
            {({ copied, copy }) => (
                <Tooltip label={copied ? t('action.copied') : label}>
                    <ActionIcon variant="subtle" color={copied ? 'teal' : 'gray'} onClick={copy}
                        aria-label={label}>
                        {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
                    </ActionIcon>
                </Tooltip>
            )}
        </Copying>
    );
}
