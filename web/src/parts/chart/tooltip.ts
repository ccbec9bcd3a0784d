import type uPlot from 'uplot';
import styles from './chart.module.css';

export interface Entry {
    label: string;
    colour: string;
    /** The value as people read it, at an index of the data. */
    words: (at: number) => string;
}

function line(entry: Entry, at: number): HTMLElement {
    const row = document.createElement('div');
    row.className = styles['tipRow'] ?? '';
    const swatch = document.createElement('i');
    swatch.style.background = entry.colour;
    const name = document.createElement('span');
    name.textContent = entry.label;
    const value = document.createElement('b');
    value.textContent = entry.words(at);
    row.append(swatch, name, value);
    return row;
}

/** Follows the cursor with the values below it. */
export function tooltip(entries: Entry[], title: (at: number) => string): uPlot.Plugin {
    const box = document.createElement('div');
    box.className = styles['tip'] ?? '';
    box.hidden = true;
    return {
        hooks: {
            init: (chart) => { chart.over.append(box); },
            setCursor: (chart) => {
                const { idx, left = -1 } = chart.cursor;
                box.hidden = idx === null || idx === undefined || left < 0;
                if (box.hidden || idx === null || idx === undefined) {
                    return;
                }
                const head = document.createElement('div');
                head.className = styles['tipHead'] ?? '';
                head.textContent = title(idx);
                box.replaceChildren(head, ...entries.map((entry) => line(entry, idx)));
                const right = left > chart.over.clientWidth / 2;
                box.style.left = right ? '' : `${left + 12}px`;
                box.style.right = right ? `${chart.over.clientWidth - left + 12}px` : '';
            },
        },
    };
}
