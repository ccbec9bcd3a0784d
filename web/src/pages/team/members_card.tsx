import { Anchor, Avatar, Card, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { teamRoster } from '@/api/teams';
import { Failure } from '@/parts/failure';
import { RoleBadge } from '@/parts/role_badge';

const shownMax = 6;
const order = ['owner', 'developer', 'reporter'];

/** Who is in the team, owners first. */
export function MembersCard({ team }: { team: string }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(teamRoster(team).people);
    const people = [...data ?? []].sort((left, right) => order.indexOf(left.role) - order.indexOf(right.role));
    return (
        <Card>
            <Group justify="space-between" mb="sm">
                <Group gap="xs" align="baseline"><Title order={2}>{t('tabs.members')}</Title>{data !== undefined && <Text c="dimmed" className="numbers">{data.length}</Text>}</Group>
                <Anchor size="sm" renderRoot={(props) => <Link to="/teams/$team/members" params={{ team }} {...props} />}>{t('teams.all')}</Anchor>
            </Group>
            {isError && <Failure failure={error} what={t('members.failed')} onRetry={() => { void refetch(); }} />}
            {isPending && <Skeleton h={90} />}
            <Stack gap={10}>
                {people.slice(0, shownMax).map((person) => (
                    <Group key={person.id} gap="sm" wrap="nowrap">
                        <Avatar name={person.name} aria-hidden="true" color="iris" size={26} radius="xl" />
                        <Text size="sm" truncate flex={1}>{person.name}</Text>
                        <RoleBadge role={person.role} />
                    </Group>
                ))}
                {people.length > shownMax && <Text size="xs" c="dimmed">{t('teams.more', { count: people.length - shownMax })}</Text>}
            </Stack>
        </Card>
    );
}
