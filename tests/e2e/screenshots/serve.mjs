// serve.mjs: starts what the pictures are taken of and leaves it running, to work on pages with.

import { once } from 'node:events';
import { administrator } from '../support/dashboard_world.mjs';
import { furnish, startWorld } from './world.mjs';

const world = await startWorld();
try {
    await furnish(world);
    console.log(`MCP_ORCH_URL=${world.orchestrator.url}\n`
        + `signs in: ${administrator.email}, ${administrator.password}\nCtrl+C ends it`);
    await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
} finally {
    await world.dispose();
}
