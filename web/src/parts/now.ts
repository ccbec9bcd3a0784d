import { useSyncExternalStore } from 'react';

const tickMs = 15_000;
let now = Date.now();
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void): () => void {
    listeners.add(listener);
    if (timer === undefined) {
        now = Date.now();
    }
    timer ??= setInterval(() => {
        now = Date.now();
        listeners.forEach((each) => { each(); });
    }, tickMs);
    return () => {
        listeners.delete(listener);
        if (listeners.size === 0) {
            clearInterval(timer);
            timer = undefined;
        }
    };
}

/** One clock for all relative times of a page. */
export const useNow = (): number => useSyncExternalStore(subscribe, () => now);
