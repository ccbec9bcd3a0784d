import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { Call } from '@/api/types';
import { exactUtc } from '@/parts/time_words';
import styles from './call_detail.module.css';
import { useCallerName } from './caller_name';

/** Who called from where; what narrows the log is a link that does. */
export function CallFacts({ project, call }: { project: string; call: Call }) {
    const { t } = useTranslation();
    const callerName = useCallerName();
    const ways: Record<string, string> = {
        server_sse: t('logs.way.serverSse'), unified_sse: t('logs.way.unifiedSse'),
        server_http: t('logs.way.serverHttp'), unified_http: t('logs.way.unifiedHttp'), rest: t('logs.way.rest'),
    };
    const here = { to: '/projects/$project/logs', params: { project } } as const;
    const client = [call.client_name === '' ? call.client_type : call.client_name, call.client_version].join(' ').trim();
    return (
        <dl className={styles.facts}>
            <dt>{t('logs.received')}</dt><dd className="numbers">{exactUtc(call.times.received)}</dd>
            <dt>{t('logs.caller')}</dt>
            <dd><Link {...here} search={{ principal: call.principal }} title={call.principal}>{callerName(call.principal, call.principal_name)}</Link></dd>
            <dt>{t('logs.client')}</dt><dd>{client} · {call.ip_address}</dd>
            <dt>{t('logs.userAgent')}</dt><dd>{call.user_agent === '' ? '—' : call.user_agent}</dd>
            <dt>{t('logs.wayHead')}</dt><dd>{ways[call.entry_path] ?? call.entry_path}</dd>
            <dt>{t('logs.session')}</dt>
            <dd className="mono">{call.session_id === null ? '—'
                : <Link {...here} search={{ session_id: call.session_id }}>{call.session_id}</Link>}</dd>
            <dt>{t('logs.callId')}</dt><dd className="mono">{call.call_id}</dd>
        </dl>
    );
}
