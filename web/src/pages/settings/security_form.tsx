import { Button, Card, Group, Radio, Skeleton, Stack, Switch, TagsInput, Title } from '@mantine/core';
import { useForm } from '@mantine/form';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { changeSecurity, projectQuery, securityQuery } from '@/api/projects';
import type { Answer } from '@/api/types';
import { Failure } from '@/parts/failure';
import { tell } from '@/parts/notice';

type Security = Answer<'/api/projects/{project}/security'>;

export function SecurityForm({ project, owns }: { project: string; owns: boolean }) {
    const { t } = useTranslation();
    const { data, isPending, isError, error, refetch } = useQuery(securityQuery(project));
    return (
        <Card>
            <Title order={2} mb="md">{t('settings.access')}</Title>
            {isPending && <Skeleton h={220} />}
            {isError && <Failure failure={error} onRetry={() => { void refetch(); }} />}
            {data !== undefined && <Fields project={project} security={data} owns={owns} />}
        </Card>
    );
}

function Fields({ project, security, owns }: { project: string; security: Security; owns: boolean }) {
    const { t } = useTranslation();
    const queries = useQueryClient();
    const form = useForm({ initialValues: security });
    const save = useMutation({
        mutationFn: (values: Security) => changeSecurity(project, values),
        onSuccess: (changed) => {
            queries.setQueryData(securityQuery(project).queryKey, changed);
            void queries.invalidateQueries({ queryKey: projectQuery(project).queryKey });
            form.setInitialValues(changed);
            form.reset();
            tell(t('settings.saved'));
        },
    });
    return (
        <form onSubmit={form.onSubmit((values) => { save.mutate(values); })}>
            <Stack>
                {save.isError && <Failure failure={save.error} what={t('settings.notSaved')} />}
                <Switch label={t('settings.unified')} description={t('settings.unifiedHint')} disabled={!owns}
                    {...form.getInputProps('unified_mcp_enabled', { type: 'checkbox' })} />
                <Radio.Group label={t('settings.naming')} description={t('settings.namingHint')} {...form.getInputProps('naming_mode')}>
                    <Stack gap={8} mt="xs">
                        <Radio value="always" label={t('settings.always')} disabled={!owns} />
                        <Radio value="on_collision" label={t('settings.onCollision')} disabled={!owns} />
                        <Radio value="never" label={t('settings.neverPrefixed')} disabled={!owns} />
                    </Stack>
                </Radio.Group>
                <Switch label={t('settings.keyNeeded')} description={t('settings.keyNeededHint')} disabled={!owns}
                    {...form.getInputProps('jwt_auth_required', { type: 'checkbox' })} />
                <TagsInput label={t('settings.addresses')} description={t('settings.addressesHint')} placeholder={owns ? '10.0.0.0/8' : undefined} readOnly={!owns}
                    {...form.getInputProps('allowed_ip_ranges')} />
                {owns && <Group justify="flex-end"><Button type="submit" disabled={!form.isDirty()} loading={save.isPending}>{t('action.save')}</Button></Group>}
            </Stack>
        </form>
    );
}
