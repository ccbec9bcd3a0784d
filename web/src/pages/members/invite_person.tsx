import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Roster } from '@/api/roster';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';
import { RoleSelect } from '@/parts/role_select';
import { useAskAgain } from './ask_again';

export function InvitePerson({ roster, onDone }: { roster: Roster; onDone: () => void }) {
    const { t } = useTranslation();
    const [email, setEmail] = useState('');
    const [role, setRole] = useState('developer');
    const askAgain = useAskAgain(roster);
    const invite = useMutation({
        mutationFn: () => roster.invite({ email: email.trim(), role }),
        onSuccess: ({ name }) => {
            tell(t('members.invited', { name }));
            void askAgain();
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
