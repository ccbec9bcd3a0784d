import { Code, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Entrance } from './entrance';

/** Where the way in is, while a form for signing in would help nobody. */
export function NoAccountYet() {
    const { t } = useTranslation();
    return (
        <Entrance title={t('signIn.noAccountYet')} detail={t('signIn.detail')}>
            <Stack gap="sm">
                <Text size="sm">{t('signIn.whereSetUp')}</Text>
                <Code block>{`${window.location.origin}/setup#token=…`}</Code>
            </Stack>
        </Entrance>
    );
}
