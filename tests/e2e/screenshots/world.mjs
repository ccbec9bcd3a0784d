// What the pictures are taken of: an orchestrator with a company and a day of its calls, or one
// that runs already.

import { launchChromium } from '../support/chromium.mjs';
import { administrator, DashboardWorld } from '../support/dashboard_world.mjs';
import { Workspace } from '../support/orchestrator.mjs';
import { found, placePrograms } from './company.mjs';
import { spreadOverADay } from './day.mjs';
import { makeADay } from './traffic.mjs';

/** Without accounts yet; `furnish` makes them and all that follows. */
export function startWorld() {
    const workspace = new Workspace();
    return DashboardWorld.startEmpty(workspace, { env: { PATH: placePrograms(workspace),
        MCP_ORCH_SECURITY_SIGN_UP: 'true' } });
}

export async function furnish(world) {
    console.error('==> a company, and a day of its calls');
    await world.setUp();
    await makeADay(world, await found(world));
    await spreadOverADay(world.orchestrator);
}

/** The pages at `url`, signed in, as far as pictures need it. */
export async function joinWorld(url, { email, password } = administrator) {
    const workspace = new Workspace();
    const { headers } = await fetch(new URL('/api/users/login', url), { method: 'POST',
        headers: { 'content-type': 'application/json', 'sec-fetch-site': 'same-origin' },
        body: JSON.stringify({ email, password }) });
    return { workspace, orchestrator: { url }, browser: await launchChromium(workspace),
        ada: { cookie: headers.getSetCookie()[0].split(';')[0] },
        dispose: () => workspace.remove() };
}
