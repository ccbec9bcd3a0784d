import { ActionIcon, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { IconCommand } from '@tabler/icons-react';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';

const Palette = lazy(() => import('./palette').then((module) => ({ default: module.Palette })));

/** Ctrl+K from anywhere; the palette itself is loaded at its first use. */
export function PaletteButton({ project }: { project: string | undefined }) {
    const { t } = useTranslation();
    const [opened, setOpened] = useState(false);
    useHotkeys([['mod+K', () => { setOpened(true); }]], []);
    return (
        <>
            <Tooltip label={`${t('shell.palette')} (Ctrl+K)`}>
                <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('shell.palette')} onClick={() => { setOpened(true); }}>
                    <IconCommand size={19} />
                </ActionIcon>
            </Tooltip>
            {opened && <Suspense><Palette project={project} onClose={() => { setOpened(false); }} /></Suspense>}
        </>
    );
}
