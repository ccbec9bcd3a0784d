import { Button, Group, Modal, Select, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { availableTeamsQuery, forgetMembers, inviteMember, inviteTeam } from '@/api/members';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { RoleSelect } from '@/parts/role_select';

interface Props {
    project: string;
    opened: boolean;
    onClose: () => void;
}

export function Invitation({ project, opened, onClose }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const done = () => {
        void forgetMembers(queries, project);
        onClose();
    };
    return (
        <Modal opened={opened} onClose={onClose} title={t('members.invite')} closeButtonProps={{ 'aria-label': t('action.close') }}>
            <Tabs defaultValue="person" keepMounted={false}>
                <Tabs.List mb="md"><Tabs.Tab value="person">{t('members.person')}</Tabs.Tab><Tabs.Tab value="team">{t('members.team')}</Tabs.Tab></Tabs.List>
                <Tabs.Panel value="person"><PersonForm project={project} onDone={done} /></Tabs.Panel>
                <Tabs.Panel value="team"><TeamForm project={project} onDone={done} /></Tabs.Panel>
            </Tabs>
        </Modal>
    );
}

function PersonForm({ project, onDone }: { project: string; onDone: () => void }) {
    const { t } = useTranslation();
    const [email, setEmail] = useState('');
    const [role, setRole] = useState('developer');
    const invite = useMutation({
        mutationFn: () => inviteMember(project, { email: email.trim(), role }),
        onSuccess: ({ user_name }) => {
            tell(t('members.invited', { name: user_name }));
            onDone();
        },
    });
    return (
        <form onSubmit={(event) => { event.preventDefault(); invite.mutate(); }}>
            <Stack>
                {invite.isError && <Failure failure={invite.error} what={t('members.notInvited')} />}
                <TextInput type="email" label={t('form.emailLabel')} description={t('members.accountNeeded')} value={email} data-autofocus required
                    onChange={(event) => { setEmail(event.currentTarget.value); }} />
                <RoleSelect value={role} label={t('members.role')} isLabelShown onChange={setRole} />
                <Group justify="flex-end"><Button type="submit" disabled={!email.includes('@')} loading={invite.isPending}>{t('members.invite')}</Button></Group>
            </Stack>
        </form>
    );
}

function TeamForm({ project, onDone }: { project: string; onDone: () => void }) {
    const { t } = useTranslation();
    const [team, setTeam] = useState<string | null>(null);
    const [role, setRole] = useState('developer');
    const { data, isError, error } = useQuery(availableTeamsQuery(project));
    const invite = useMutation({
        mutationFn: () => inviteTeam(project, { team_id: team ?? '', role }),
        onSuccess: ({ team_name }) => {
            tell(t('members.invited', { name: team_name }));
            onDone();
        },
    });
    if (data?.length === 0) {
        return <Text size="sm" c="dimmed">{t('members.noTeams')}</Text>;
    }
    return (
        <form onSubmit={(event) => { event.preventDefault(); invite.mutate(); }}>
            <Stack>
                {isError && <Failure failure={error} />}
                {invite.isError && <Failure failure={invite.error} what={t('members.notInvited')} />}
                <Select label={t('members.team')} value={team} onChange={setTeam}
                    data={(data ?? []).filter(({ can_invite }) => can_invite).map(({ id, name, total_members }) => ({ value: id, label: `${name} (${total_members})` }))} />
                <RoleSelect value={role} label={t('members.role')} isLabelShown onChange={setRole} />
                <Group justify="flex-end"><Button type="submit" disabled={team === null} loading={invite.isPending}>{t('members.invite')}</Button></Group>
            </Stack>
        </form>
    );
}
