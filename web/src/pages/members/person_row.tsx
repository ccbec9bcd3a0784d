import { ActionIcon, Badge, Group, Table, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { IconUserMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Person, Roster } from '@/api/roster';
import { useConfirm } from '@/parts/confirm';
import { Moment } from '@/parts/moment';
import { tell, tellFailure } from '@/parts/notice';
import { RoleBadge } from '@/parts/role_badge';
import { RoleSelect } from '@/parts/role_select';
import { useAskAgain } from './ask_again';

interface Props {
    roster: Roster;
    person: Person;
    owns: boolean;
    removeDetail: string;
}

/** Who wants to go away by themselves leaves in the settings. */
export function PersonRow({ roster, person, owns, removeDetail }: Props) {
    const { t } = useTranslation();
    const confirm = useConfirm();
    const onSettled = useAskAgain(roster);
    const change = useMutation({
        mutationFn: (role: string) => roster.changeRole(person.id, role), onSettled,
        onError: (failure) => { tellFailure(t('members.notChanged'), failure); },
    });
    const remove = useMutation({
        mutationFn: () => roster.remove(person.id), onSettled,
        onSuccess: () => { tell(t('members.removed', { name: person.name })); },
        onError: (failure) => { tellFailure(t('members.notRemoved'), failure); },
    });
    return (
        <Table.Tr>
            <Table.Td>
                <Group gap={8}><Text size="sm" fw={600}>{person.name}</Text>{person.is_current_user && <Badge size="sm" color="gray" tt="none">{t('members.you')}</Badge>}</Group>
                <Text size="xs" c="dimmed">{person.email}</Text>
            </Table.Td>
            {person.team !== undefined && <Table.Td>{person.team ?? t('members.directly')}</Table.Td>}
            <Table.Td>{owns ? <RoleSelect value={person.role} disabled={change.isPending} label={t('members.roleOf', { name: person.name })} onChange={(role) => { change.mutate(role); }} />
                : <RoleBadge role={person.role} />}</Table.Td>
            <Table.Td c="dimmed"><Moment at={person.joined_at} /></Table.Td>
            {owns && (
                <Table.Td ta="right">
                    {!person.is_current_user && (
                        <ActionIcon variant="subtle" color="red" loading={remove.isPending} aria-label={t('members.removeNamed', { name: person.name })}
                            onClick={() => { confirm({
                                title: t('members.removeTitle', { name: person.name }), detail: removeDetail,
                                action: t('action.remove'), onYes: () => { remove.mutate(); },
                            }); }}><IconUserMinus size={17} /></ActionIcon>
                    )}
                </Table.Td>
            )}
        </Table.Tr>
    );
}
