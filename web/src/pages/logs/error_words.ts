import { useTranslation } from 'react-i18next';

/** What each class of errors means, in words. */
export function useErrorWords(): Record<string, string> {
    const { t } = useTranslation();
    return {
        INVALID_PARAMETERS: t('logs.errors.INVALID_PARAMETERS'),
        INITIALIZATION_INCOMPLETE: t('logs.errors.INITIALIZATION_INCOMPLETE'),
        METHOD_NOT_FOUND: t('logs.errors.METHOD_NOT_FOUND'),
        SSE_BRIDGE_ERROR: t('logs.errors.SSE_BRIDGE_ERROR'),
        TOOL_ERROR: t('logs.errors.TOOL_ERROR'),
        NO_RESPONSE: t('logs.errors.NO_RESPONSE'),
        TIMEOUT: t('logs.errors.TIMEOUT'),
        EXECUTION_ERROR: t('logs.errors.EXECUTION_ERROR'),
    };
}
