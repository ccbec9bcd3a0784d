// Waiting for things to become true, with a guard against hanging.

import { setTimeout as delay } from 'node:timers/promises';

/** Nothing in this suite legitimately takes longer than this. */
export const guardMs = 15_000;

const pollMs = 20;

/** Polls until `probe` gives something truthy and returns that; fails naming `what`. */
export async function eventually(what, probe, limitMs = guardMs) {
    const end = Date.now() + limitMs;
    for (;;) {
        const value = await probe();
        if (value) {
            return value;
        }
        if (Date.now() > end) {
            throw new Error(`not within ${limitMs} ms: ${what}`);
        }
        await delay(pollMs);
    }
}

/** The outcome of `promise`, or a failure naming `what` when it takes too long. */
export async function within(what, promise, limitMs = guardMs) {
    let timer;
    const guard = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not within ${limitMs} ms: ${what}`)), limitMs);
    });
    try {
        return await Promise.race([promise, guard]);
    } finally {
        clearTimeout(timer);
    }
}
