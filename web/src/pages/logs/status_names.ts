import { useTranslation } from 'react-i18next';

export function useStatusNames(): Record<string, string> {
    const { t } = useTranslation();
    return {
        success: t('logs.status.success'), error: t('logs.status.error'),
        timeout: t('logs.status.timeout'), cancelled: t('logs.status.cancelled'),
    };
}
