import { Button, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconKey, IconPlus } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keysQuery } from '@/api/keys';
import type { ApiKey } from '@/api/types';
import { useAccess } from '@/app/access';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { TableCard } from '@/parts/table_card';
import { EditKeyModal } from './edit_key';
import { KeyRow } from './key_row';
import { NewKeyModal } from './new_key';
import { ShownOnce, type FreshKey } from './shown_once';

export function KeysPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/keys' });
    const { develops } = useAccess(project);
    const [creating, setCreating] = useState(false);
    const [editing, setEditing] = useState<ApiKey | null>(null);
    const [fresh, setFresh] = useState<FreshKey | null>(null);
    const { data, isPending, isError, error, refetch } = useQuery({ ...keysQuery(project), enabled: develops });
    const replaced = new Set(data?.map(({ rotated_from }) => rotated_from));
    useDocumentTitle(t('tabs.keys'), project);
    const create = develops && (
        <Button leftSection={<IconPlus size={16} />} onClick={() => { setCreating(true); }}>{t('keys.create')}</Button>
    );
    return (
        <Page title={t('tabs.keys')} note={data && t('keys.count', { count: data.length })} actions={create}>
            {isError && <Failure failure={error} what={t('keys.failed')} onRetry={() => { void refetch(); }} />}
            {!develops && <Empty icon={<IconKey />} title={t('keys.forDevelopers')}>{t('keys.forDevelopersHint')}</Empty>}
            {develops && isPending && <Skeleton h={200} />}
            {data?.length === 0 && <Empty icon={<IconKey />} title={t('keys.none')} action={create}>{t('keys.noneHint')}</Empty>}
            {data !== undefined && data.length > 0 && (
                <TableCard minWidth={780} head={(
                    <>
                        <Table.Th>{t('keys.key')}</Table.Th><Table.Th>{t('servers.status')}</Table.Th>
                        <Table.Th>{t('keys.opens')}</Table.Th><Table.Th>{t('servers.lastUsed')}</Table.Th>
                        <Table.Th>{t('keys.expires')}</Table.Th>
                        <Table.Th><VisuallyHidden>{t('servers.actions')}</VisuallyHidden></Table.Th>
                    </>
                )}>
                    {data.map((key) => (
                                    <KeyRow key={key.id} project={project} entry={key} isReplaced={replaced.has(key.id)}
                                        develops={develops} onEdit={setEditing} onFresh={setFresh} />
                                ))}
                </TableCard>
            )}
            <NewKeyModal project={project} opened={creating} onClose={() => { setCreating(false); }} onFresh={setFresh} />
            <EditKeyModal project={project} entry={editing} onClose={() => { setEditing(null); }} />
            <ShownOnce project={project} fresh={fresh} onClose={() => { setFresh(null); }} />
        </Page>
    );
}
