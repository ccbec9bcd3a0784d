import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useLayoutEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ProjectTool } from '@/api/types';
import { ServerLine } from './server_line';
import type { ToolLine } from './tool_lines';
import { ToolRow } from './tool_line';
import styles from './tools.module.css';

interface Props {
    project: string;
    lines: ToolLine[];
    isGrouped: boolean;
    develops: boolean;
    busy: boolean;
    onOpen: (tool: ProjectTool) => void;
    onSwitch: (tool: ProjectTool) => void;
}

const overscan = 8;
const serverHeight = 42;
const toolHeight = 64;

/** As many lines as are in sight, however many tools there are; the page scrolls. */
export function ToolTable({ project, lines, isGrouped, develops, busy, onOpen, onSwitch }: Props) {
    const { t } = useTranslation();
    const place = useRef<HTMLDivElement>(null);
    const [scrollMargin, setMargin] = useState(0);
    useLayoutEffect(() => { setMargin(place.current?.offsetTop ?? 0); }, []);
    const list = useWindowVirtualizer({
        count: lines.length, overscan, scrollMargin,
        estimateSize: (at) => (lines[at]?.kind === 'server' ? serverHeight : toolHeight),
        getItemKey: (at) => lines[at]?.key ?? at,
    });
    return (
        <div ref={place} className={styles.list} role="list" aria-label={t('tabs.tools')}>
            <div className={styles.all} style={{ height: list.getTotalSize() }} role="presentation">
                {list.getVirtualItems().map(({ key, index, start }) => {
                    const line = lines[index];
                    return line !== undefined && (
                        <div key={key} data-index={index} ref={list.measureElement} role="listitem" className={styles.line}
                            style={{ transform: `translateY(${start - scrollMargin}px)` }}>
                            {line.kind === 'server'
                                ? <ServerLine project={project} name={line.key} tools={line.tools} />
                                : <ToolRow project={project} tool={line.tool} isServerShown={!isGrouped} develops={develops} busy={busy}
                                    onOpen={() => { onOpen(line.tool); }} onSwitch={() => { onSwitch(line.tool); }} />}
                        </div>
                    );
                })}
            </div>
        </div>
    );
}
