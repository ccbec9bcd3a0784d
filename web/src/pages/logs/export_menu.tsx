import { ActionIcon, Menu } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { CallFilter } from '@/api/calls';
import { queryString } from '@/api/client';

export function ExportMenu({ project, filter }: { project: string; filter: CallFilter }) {
    const { t } = useTranslation();
    const address = (format: string) =>
        `/api/tool-call-logs/export?${queryString({ project_id: project, ...filter, format })}`;
    return (
        <Menu position="bottom-end" shadow="md">
            <Menu.Target>
                <ActionIcon variant="default" size={36} title={t('logs.export')} aria-label={t('logs.export')}>
                    <IconDownload size={17} />
                </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
                <Menu.Item component="a" href={address('jsonl')} download>{t('logs.jsonLines')}</Menu.Item>
                <Menu.Item component="a" href={address('csv')} download>CSV</Menu.Item>
            </Menu.Dropdown>
        </Menu>
    );
}
