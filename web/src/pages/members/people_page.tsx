import { Button, Modal, Skeleton, Table, VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Roster } from '@/api/roster';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Page } from '@/parts/page';
import { TableCard } from '@/parts/table_card';
import { PersonRow } from './person_row';

interface Props {
    roster: Roster;
    owns: boolean;
    noneHint: string;
    /** What somebody who is removed loses. */
    removeDetail: string;
    /** What stands in the dialogue that invites somebody. */
    invitation: (onDone: () => void) => ReactNode;
}

/** The members of a project or of a team. */
export function PeoplePage({ roster, owns, noneHint, removeDetail, invitation }: Props) {
    const { t } = useTranslation();
    const [inviting, setInviting] = useState(false);
    const close = () => { setInviting(false); };
    const { data, isPending, isError, error, refetch } = useQuery(roster.people);
    const invite = owns && (
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => { setInviting(true); }}>{t('members.invite')}</Button>
    );
    const areTeamsTold = data?.some(({ team }) => team !== undefined);
    return (
        <Page title={t('tabs.members')} note={data && t('projects.members', { count: data.length })} actions={invite}>
            {isError && <Failure failure={error} what={t('members.failed')} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={200} />}
            {data?.length === 0 && <Empty icon={<IconUsers />} title={t('members.none')} action={invite}>{noneHint}</Empty>}
            {data !== undefined && data.length > 0 && (
                <TableCard minWidth={560} head={(
                    <>
                        <Table.Th>{t('members.person')}</Table.Th>{areTeamsTold === true && <Table.Th>{t('members.through')}</Table.Th>}
                        <Table.Th>{t('members.role')}</Table.Th><Table.Th>{t('members.joined')}</Table.Th>
                        {owns && <Table.Th><VisuallyHidden>{t('servers.actions')}</VisuallyHidden></Table.Th>}
                    </>
                )}>
                    {data.map((person) => <PersonRow key={person.id} roster={roster} person={person} owns={owns} removeDetail={removeDetail} />)}
                </TableCard>
            )}
            <Modal opened={inviting} onClose={close} title={t('members.invite')} closeButtonProps={{ 'aria-label': t('action.close') }}>
                {invitation(close)}
            </Modal>
        </Page>
    );
}
