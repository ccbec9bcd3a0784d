import { Button, Group, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { availableTeamsQuery, inviteTeam, projectRoster } from '@/api/members';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { RoleSelect } from '@/parts/role_select';
import { useAskAgain } from './ask_again';

export function InviteTeam({ project, onDone }: { project: string; onDone: () => void }) {
    const { t } = useTranslation();
    const [team, setTeam] = useState<string | null>(null);
    const [role, setRole] = useState('developer');
    const { data, isError, error } = useQuery(availableTeamsQuery(project));
    const askAgain = useAskAgain(projectRoster(project));
    const invite = useMutation({
        mutationFn: () => inviteTeam(project, { team_id: team ?? '', role }),
        onSuccess: ({ team_name }) => {
            tell(t('members.invited', { name: team_name }));
            void askAgain();
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
