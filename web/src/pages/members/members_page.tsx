import { ActionIcon, Badge, Button, Card, Group, Skeleton, Table, Text, VisuallyHidden } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { IconUserMinus, IconUserPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeRole, forgetMembers, membersQuery, removeMember } from '@/api/members';
import type { Member } from '@/api/types';
import { useAccess } from '@/app/access';
import { useConfirm } from '@/parts/confirm';
import { useDocumentTitle } from '@/parts/document_title';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { Moment } from '@/parts/moment';
import { tell, tellFailure } from '@/parts/notice';
import { Page } from '@/parts/page';
import { RoleBadge } from '@/parts/role_badge';
import { RoleSelect } from '@/parts/role_select';
import { Invitation } from './invitation';

export function MembersPage() {
    const { t } = useTranslation();
    const { project } = useParams({ from: '/signed-in/projects/$project/members' });
    const { owns } = useAccess(project);
    const [inviting, setInviting] = useState(false);
    const { data, isPending, isError, error, refetch } = useQuery(membersQuery(project));
    useDocumentTitle(t('tabs.members'), project);
    const invite = owns && (
        <Button leftSection={<IconUserPlus size={16} />} onClick={() => { setInviting(true); }}>{t('members.invite')}</Button>
    );
    return (
        <Page title={t('tabs.members')} note={data && t('projects.members', { count: data.length })} actions={invite} width={960}>
            {isError && <Failure failure={error} what={t('members.failed')} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={200} />}
            {data?.length === 0 && <Empty icon={<IconUsers />} title={t('members.none')} action={invite}>{t('members.noneHint')}</Empty>}
            {data !== undefined && data.length > 0 && (
                <Card p={0}>
                    <Table.ScrollContainer minWidth={620} type="native" tabIndex={0}>
                        <Table fz="sm" horizontalSpacing="md">
                            <Table.Thead>
                                <Table.Tr c="dimmed" fz="xs">
                                    <Table.Th>{t('members.person')}</Table.Th><Table.Th>{t('members.through')}</Table.Th>
                                    <Table.Th>{t('members.role')}</Table.Th><Table.Th>{t('members.joined')}</Table.Th>
                                    <Table.Th><VisuallyHidden>{t('servers.actions')}</VisuallyHidden></Table.Th>
                                </Table.Tr>
                            </Table.Thead>
                            <Table.Tbody>{data.map((member) => <Row key={member.id} project={project} member={member} owns={owns} />)}</Table.Tbody>
                        </Table>
                    </Table.ScrollContainer>
                </Card>
            )}
            <Invitation project={project} opened={inviting} onClose={() => { setInviting(false); }} />
        </Page>
    );
}

function Row({ project, member, owns }: { project: string; member: Member; owns: boolean }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const onSettled = () => forgetMembers(queries, project);
    const change = useMutation({
        mutationFn: (role: string) => changeRole(project, member.id, role), onSettled,
        onError: (failure) => { tellFailure(t('members.notChanged'), failure); },
    });
    const remove = useMutation({
        mutationFn: () => removeMember(project, member.id), onSettled,
        onSuccess: () => { tell(t('members.removed', { name: member.user_name })); },
        onError: (failure) => { tellFailure(t('members.notRemoved'), failure); },
    });
    return (
        <Table.Tr>
            <Table.Td>
                <Group gap={8}><Text size="sm" fw={600}>{member.user_name}</Text>{member.is_current_user && <Badge size="sm" color="gray" tt="none">{t('members.you')}</Badge>}</Group>
                <Text size="xs" c="dimmed">{member.user_email}</Text>
            </Table.Td>
            <Table.Td>{member.team_name ?? t('members.directly')}</Table.Td>
            <Table.Td>{owns ? <RoleSelect value={member.role} disabled={change.isPending} label={t('members.roleOf', { name: member.user_name })} onChange={(role) => { change.mutate(role); }} />
                : <RoleBadge role={member.role} />}</Table.Td>
            <Table.Td c="dimmed"><Moment at={member.joined_at} /></Table.Td>
            <Table.Td ta="right">
                {owns && (
                    <ActionIcon variant="subtle" color="red" loading={remove.isPending} aria-label={t('members.removeNamed', { name: member.user_name })}
                        onClick={() => { confirm({
                            title: t('members.removeTitle', { name: member.user_name }), detail: t('members.removeDetail'),
                            action: t('action.remove'), onYes: () => { remove.mutate(); },
                        }); }}><IconUserMinus size={17} /></ActionIcon>
                )}
            </Table.Td>
        </Table.Tr>
    );
}
