import 'react-json-view-lite/dist/index.css';
import { ActionIcon, CopyButton as Copying, Tooltip } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { JsonView as Tree } from 'react-json-view-lite';
import styles from './json_view.module.css';

const shape = {
    container: styles['tree'] ?? '', basicChildStyle: styles['child'] ?? '', childFieldsContainer: styles['fields'] ?? '',
    label: styles['label'] ?? '', clickableLabel: styles['label'] ?? '', nullValue: styles['other'] ?? '',
    undefinedValue: styles['other'] ?? '', stringValue: styles['text'] ?? '', booleanValue: styles['other'] ?? '',
    numberValue: styles['number'] ?? '', otherValue: styles['other'] ?? '', punctuation: styles['sign'] ?? '',
    expandIcon: styles['expand'] ?? '', collapseIcon: styles['collapse'] ?? '', collapsedContent: styles['collapsed'] ?? '',
    noQuotesForStringValues: false, quotesForFieldNames: false,
};

/** Parts of a value that is drawn as a tree at all, of one that is open at first, and deep inside. */
const [drawnMax, wideMax, shortMax] = [5_000, 300, 20];
const charactersMax = 100_000;

/** A JSON value as a tree that opens and closes, with a way to copy it. */
export function JsonView({ value, label }: { value: unknown; label: string }) {
    const { t } = useTranslation();
    const isTree = typeof value === 'object' && value !== null && isWithin(value, drawnMax);
    return (
        <div className={styles.box}>
            <div className={styles.scroll} tabIndex={0} role="group" aria-label={label}>
                {isTree ? <Tree data={value} style={shape} shouldExpandNode={isOpenAtFirst} aria-label={label} />
                    : <pre className={styles.plain}>{(typeof value === 'string' ? value : JSON.stringify(value)).slice(0, charactersMax)}</pre>}
            </div>
            <Copying value={typeof value === 'string' ? value : JSON.stringify(value, null, 2)}>
                {({ copied, copy }) => (
                    <Tooltip label={copied ? t('action.copied') : t('action.copy')}>
                        <ActionIcon className={styles.copy} variant="default" size="sm" onClick={copy} aria-label={`${t('action.copy')}: ${label}`}>
                            {copied ? <IconCheck size={13} /> : <IconCopy size={13} />}
                        </ActionIcon>
                    </Tooltip>
                )}
            </Copying>
        </div>
    );
}

/** Whether a value has no more than so many parts; looks at no more of them. */
function isWithin(value: unknown, most: number): boolean {
    let left = most;
    const take = (node: unknown): boolean => {
        left -= 1;
        return left >= 0 && (typeof node !== 'object' || node === null || Object.values(node).every(take));
    };
    return take(value);
}

const isOpenAtFirst = (level: number, node: unknown): boolean => isWithin(node, level < 3 ? wideMax : shortMax);
