import { ActionIcon, Menu } from '@mantine/core';
import { IconCheck, IconLanguage } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { chooseLanguage, languages, type Language } from './i18n';

export function LanguageMenu() {
    const { t, i18n } = useTranslation();
    return (
        <Menu position="bottom-end" shadow="md">
            <Menu.Target>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.language')}>
                    <IconLanguage size={19} />
                </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
                {Object.entries(languages).map(([code, name]) => (
                    <Menu.Item key={code} lang={code} onClick={() => { void chooseLanguage(code as Language); }}
                        rightSection={i18n.language === code ? <IconCheck size={15} /> : null}>
                        {name}
                    </Menu.Item>
                ))}
            </Menu.Dropdown>
        </Menu>
    );
}
