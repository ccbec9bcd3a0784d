import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';

/** The same object until the language changes: charts are made anew when it does. */
export function useStatusNames(): Record<string, string> {
    const { t } = useTranslation();
    return useMemo(() => ({
        success: t('logs.status.success'), error: t('logs.status.error'),
        timeout: t('logs.status.timeout'), cancelled: t('logs.status.cancelled'),
    }), [t]);
}
