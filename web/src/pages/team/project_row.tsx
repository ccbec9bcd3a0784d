import { ActionIcon, Anchor, Table, Text } from '@mantine/core';
import { useMutation, useQueryClient, useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconFolderMinus } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { projectRoster, removeTeam } from '@/api/members';
import { accountQuery } from '@/api/session';
import { teamQuery } from '@/api/teams';
import type { TeamProject } from '@/api/types';
import { useConfirm } from '@/parts/confirm';
import { tellFailure } from '@/parts/notice';
import { RoleBadge } from '@/parts/role_badge';

interface Props {
    team: string;
    teamName: string;
    project: TeamProject;
}

/** A project that people of the team are in; its owners may take the team out. */
export function ProjectRow({ team, teamName, project }: Props) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const confirm = useConfirm();
    const { data: account } = useSuspenseQuery(accountQuery);
    const takeOut = useMutation({
        mutationFn: () => removeTeam(project.name, team),
        onSettled: () => Promise.all([teamQuery(team).queryKey, ...projectRoster(project.name).stale]
            .map((queryKey) => queries.invalidateQueries({ queryKey }))),
        onError: (failure) => { tellFailure(t('teams.notTakenOut'), failure); },
    });
    return (
        <Table.Tr>
            <Table.Td>
                <Anchor fw={600} fz="sm" renderRoot={(props) => <Link to="/projects/$project/overview" params={{ project: project.name }} {...props} />}>{project.name}</Anchor>
                {project.description !== '' && <Text size="xs" c="dimmed" lineClamp={1} maw={420}>{project.description}</Text>}
            </Table.Td>
            <Table.Td><RoleBadge role={project.user_role} /></Table.Td>
            <Table.Td ta="right" className="numbers">{project.server_count}</Table.Td>
            <Table.Td ta="right" className="numbers">{project.member_count}</Table.Td>
            <Table.Td ta="right">
                {(account.is_admin || project.user_role === 'owner') && (
                    <ActionIcon variant="subtle" color="red" loading={takeOut.isPending} aria-label={t('teams.takeOutOf', { project: project.name })}
                        onClick={() => { confirm({
                            title: t('teams.takeOutTitle', { team: teamName, project: project.name }), detail: t('teams.takeOutDetail'),
                            action: t('action.remove'), onYes: () => { takeOut.mutate(); },
                        }); }}><IconFolderMinus size={17} /></ActionIcon>
                )}
            </Table.Td>
        </Table.Tr>
    );
}
