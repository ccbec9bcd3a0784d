// Something that waits until a test lets it go on.

import { execFileSync } from 'node:child_process';
import { constants } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';

/** A FIFO in the shared directory of a workspace: who reads it waits until `open` is called. */
export class Gate {
    constructor(workspace, name) {
        this.path = join(workspace.shared, name);
        execFileSync('mkfifo', ['-m', '666', this.path]);
    }

    /** Lets go on who waits; waits for one when nobody does yet. */
    async open() {
        await (await open(this.path, constants.O_WRONLY)).close();
    }
}
