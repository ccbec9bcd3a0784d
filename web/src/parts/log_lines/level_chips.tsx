import { Chip, Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { logLevels } from '@/api/server_logs';

interface Props {
    levels: string[];
    onLevels: (levels: string[]) => void;
}

/** Which levels of a server log are shown; none chosen means all. */
export function LevelChips({ levels, onLevels }: Props) {
    const { t } = useTranslation();
    return (
        <Chip.Group multiple value={levels} onChange={onLevels}>
            <Group gap={6}>{logLevels.map((each) => <Chip key={each} value={each} size="xs">{t(`server.level.${each}`)}</Chip>)}</Group>
        </Chip.Group>
    );
}
