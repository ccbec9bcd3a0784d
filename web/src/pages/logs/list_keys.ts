import { useEffect, useRef } from 'react';
import type { CallRow } from './call_row';

interface Keys {
    rows: CallRow[];
    chosen: string | null;
    onChoose: (at: number) => void;
    onToggle: (id: string) => void;
}

const isTyping = (target: EventTarget | null): boolean =>
    target instanceof HTMLElement && target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [role=dialog], [role=menu], [contenteditable]') !== null;

/** j and k walk through the list, Enter opens, wherever the focus is but in a field. */
export function useListKeys(keys: Keys): void {
    const latest = useRef(keys);
    useEffect(() => { latest.current = keys; });
    useEffect(() => {
        const press = (event: KeyboardEvent) => {
            if (isTyping(event.target) || event.ctrlKey || event.metaKey || event.altKey) {
                return;
            }
            const { rows, chosen, onChoose, onToggle } = latest.current;
            const at = rows.findIndex((row) => row.id === chosen);
            if (event.key === 'j' || event.key === 'k') {
                const next = at < 0 ? 0 : Math.min(Math.max(at + (event.key === 'j' ? 1 : -1), 0), rows.length - 1);
                onChoose(next);
                event.preventDefault();
            }
            const isOnControl = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
            if (event.key === 'Enter' && chosen !== null && !isOnControl) {
                onToggle(chosen);
                event.preventDefault();
            }
        };
        window.addEventListener('keydown', press);
        return () => { window.removeEventListener('keydown', press); };
    }, []);
}
