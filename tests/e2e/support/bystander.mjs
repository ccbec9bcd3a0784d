// A client that has nothing to do with what a test does to others, and must not notice it.

import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { connect } from './client.mjs';

export class Bystander {
    #pid;

    /** `access` is what `connect` takes; the server must be a faulty one. */
    static async connect(orchestrator, entryPath, access) {
        const bystander = new Bystander();
        bystander.session = await connect(orchestrator, entryPath, access);
        bystander.#pid = (await bystander.session.json('echo', { nonce: 'pid' })).pid;
        return bystander;
    }

    /** Its session still works, and reaches the process that it reached at first. */
    async assertUnharmed() {
        const nonce = randomUUID();
        const answer = await this.session.json('echo', { nonce });
        assert.deepEqual([answer.nonce, answer.pid], [nonce, this.#pid]);
    }

    close() {
        return this.session.close();
    }
}
