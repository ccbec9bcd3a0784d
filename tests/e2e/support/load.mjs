// Clients that call without a pause and keep a journal of what was answered.

import { randomUUID } from 'node:crypto';
import { eventually } from './deadline.mjs';

export class Load {
    #stopped = false;
    #workers = [];
    answered = new Set();
    attempted = new Set();
    failures = [];

    /** `lanes` calls are under way on each session at any time. */
    constructor(sessions, { lanes = 4, tool = 'echo' } = {}) {
        this.tool = tool;
        for (const session of sessions) {
            for (let lane = 0; lane < lanes; ++lane) {
                this.#workers.push(this.#work(session));
            }
        }
    }

    async #work(session) {
        while (!this.#stopped) {
            const nonce = randomUUID();
            this.attempted.add(nonce);
            try {
                const answer = await session.json(this.tool, { nonce });
                if (answer.nonce !== nonce) {
                    throw new Error(`${nonce} was answered with ${answer.nonce}`);
                }
                this.answered.add(nonce);
            } catch (error) {
                this.failures.push(error);
                // A dead peer fails each call at once; one failure tells it all.
                return;
            }
        }
    }

    /** Waits for that many more answers. */
    reach(more) {
        const goal = this.answered.size + more;
        return eventually(`${more} more answers (failures: ${this.failures.slice(0, 3)})`,
            () => this.answered.size >= goal, 30_000);
    }

    /** Ends after the calls that are under way. */
    async stop() {
        this.#stopped = true;
        await Promise.all(this.#workers);
    }
}
