import { Button, Stack } from '@mantine/core';
import { useSuspenseQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { IconRefresh, IconTool } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { projectQuery } from '@/api/projects';
import { useAccess } from '@/app/access';
import { Empty } from '@/parts/empty';
import { Failure } from '@/parts/failure';
import { useRefreshAll } from '../servers/refresh_all';
import { RefreshProgress } from '../servers/refresh_progress';

/** No server has told of a tool: there is none, or none was asked yet. */
export function NoTools({ project }: { project: string }) {
    const { t } = useTranslation();
    const { data } = useSuspenseQuery(projectQuery(project));
    const { develops } = useAccess(project);
    const refresh = useRefreshAll(project);
    const toServers = (
        <Button variant="default" renderRoot={(props) => <Link to="/projects/$project/servers" params={{ project }} {...props} />}>
            {t('overview.toServers')}
        </Button>
    );
    const ask = develops && (
        <Button leftSection={<IconRefresh size={16} />} loading={refresh.isRunning} onClick={refresh.run}>{t('servers.refreshAll')}</Button>
    );
    const hasServers = data.server_count > 0;
    return (
        <Stack gap="sm">
            <RefreshProgress total={refresh.total} done={refresh.done} />
            {refresh.failure !== null && <Failure failure={refresh.failure} what={t('servers.refreshFailed')} />}
            <Empty icon={<IconTool />} title={hasServers ? t('server.noTools') : t('servers.none')} action={hasServers ? ask : toServers}>
                {hasServers ? t('tools.noneHint') : t('servers.noneHint')}
            </Empty>
        </Stack>
    );
}
