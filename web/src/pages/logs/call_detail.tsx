import { Alert, Badge, Group, Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { callQuery } from '@/api/calls';
import type { Call } from '@/api/types';
import { Failure } from '@/parts/failure';
import { JsonView } from '@/parts/json_view';
import { bytes } from '@/parts/time_words';
import styles from './call_detail.module.css';
import { CallFacts } from './call_facts';
import { useErrorWords } from './error_words';
import { RunAgain } from './run_again';
import { Waterfall } from './waterfall';

interface Props {
    project: string;
    id: string;
    /** The call with its bodies, when it came so; it is asked for otherwise. */
    whole: Call | undefined;
    /** The call was made once more. */
    onRan: () => void;
}

/** All of one call: what was asked, what came back, where the time went, who it was. */
export function CallDetail({ project, id, whole, onRan }: Props) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery({
        ...callQuery(id, project), initialData: whole,
    });
    return (
        <div className={styles.detail} data-testid="call-detail">
            {isPending && <Skeleton h={220} />}
            {isError && <Failure failure={error} what={t('logs.callFailed')} onRetry={() => { void refetch(); }} />}
            {data !== undefined && <Whole project={project} call={data} onRan={onRan} />}
        </div>
    );
}

function Whole({ project, call, onRan }: { project: string; call: Call; onRan: () => void }) {
    const { t } = useTranslation();
    const { input_data: input, output_data: output } = call;
    const isEmpty = output.result === null || output.result === undefined;
    return (
        <>
            <Fault call={call} />
            <div className={styles.whole}>
                <div className={styles.column}>
                    <section>
                        <Head title={t('logs.arguments')} size={input.size} isCut={input.truncated} isHidden={input.redacted} />
                        <JsonView value={input.arguments ?? null} label={t('logs.arguments')} />
                    </section>
                    <section className={styles.later}>
                        <Head title={t('logs.timing')} />
                        <Waterfall times={call.times} />
                    </section>
                </div>
                <div className={styles.column}>
                    <section>
                        <Head title={t('logs.result')} size={output.metadata.response_size}
                            isCut={output.metadata.truncated} isHidden={output.metadata.redacted} />
                        {isEmpty ? <Text size="sm" c="dimmed" py={6}>{t('logs.noResult')}</Text>
                            : <JsonView value={output.result} label={t('logs.result')} />}
                    </section>
                    <section className={styles.later}>
                        <Head title={t('logs.context')} />
                        <CallFacts project={project} call={call} />
                    </section>
                </div>
            </div>
            <Group mt="sm" justify="flex-end"><RunAgain project={project} call={call} onRan={onRan} /></Group>
        </>
    );
}

function Fault({ call }: { call: Call }) {
    const words = useErrorWords();
    if (call.error_code === null && call.error_message === null) {
        return null;
    }
    return (
        <Alert color={call.status === 'timeout' ? 'orange' : call.status === 'cancelled' ? 'gray' : 'red'} variant="light" mb="md" p="sm"
            title={<Group gap={8}><span className="mono">{call.error_code}</span>
                {call.rpc_code !== 0 && <Badge color="gray" tt="none">JSON-RPC {call.rpc_code}</Badge>}</Group>}>
            {call.error_code !== null && words[call.error_code] !== undefined && <Text size="sm">{words[call.error_code]}</Text>}
            {call.error_message !== null && <Text size="sm" className="mono" mt={4} style={{ overflowWrap: 'anywhere' }}>{call.error_message}</Text>}
        </Alert>
    );
}

function Head({ title, size, isCut, isHidden }: { title: string; size?: number; isCut?: boolean; isHidden?: boolean }) {
    const { t } = useTranslation();
    return (
        <Group gap={8} mb={5}>
            <Text size="xs" fw={650} tt="uppercase" style={{ letterSpacing: '0.04em' }}>{title}</Text>
            {size !== undefined && <Text size="xs" c="dimmed" className="numbers">{bytes(size)}</Text>}
            {isCut === true && <Badge color="orange" tt="none">{t('logs.cut')}</Badge>}
            {isHidden === true && <Badge color="gray" tt="none">{t('logs.redacted')}</Badge>}
        </Group>
    );
}
