import { ActionIcon, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { IconMoon, IconSun } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

export function SchemeToggle() {
    const { t } = useTranslation();
    const { setColorScheme } = useMantineColorScheme();
    const dark = useComputedColorScheme('light') === 'dark';
    return (
        <ActionIcon variant="subtle" color="gray" size="lg"
            aria-label={dark ? t('shell.toLight') : t('shell.toDark')}
            onClick={() => { setColorScheme(dark ? 'light' : 'dark'); }}>
            {dark ? <IconSun size={19} /> : <IconMoon size={19} />}
        </ActionIcon>
    );
}
