// An orchestrator with an account, and a browser that is signed in to its dashboard.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import { Visitor, launchChromium } from './chromium.mjs';
import { Orchestrator, Workspace } from './orchestrator.mjs';

export const administrator = { name: 'Ada Lovelace', email: 'ada@example.org',
    password: 'a quiet harbour at dusk' };

export class DashboardWorld {
    static async start(servers, { env = {} } = {}) {
        const world = new DashboardWorld();
        world.workspace = new Workspace();
        world.orchestrator = await Orchestrator.start(world.workspace, { servers, env });
        world.browser = await launchChromium(world.workspace);
        world.ada = new Browser(world.orchestrator);
        const { message } = world.orchestrator.events.find((event) =>
            event.message.includes('/setup#token='));
        const made = await world.ada.post('/api/setup',
            { ...administrator, token: message.split('#token=')[1] });
        assert.equal(made.status, 201, made.text);
        await world.ada.logIn(administrator.email, administrator.password);
        return world;
    }

    /** A tab that is signed in. */
    open(options = {}) {
        return Visitor.open(this.browser, this.orchestrator,
            { cookie: this.ada.cookie, ...options });
    }

    /** One call by REST; its answer. */
    call(server, tool, args = {}) {
        return this.ada.post(`/api/projects/default/servers/${server}/tools/${tool}/execute`,
            { arguments: args });
    }

    dispose() {
        return this.orchestrator?.dispose();
    }
}
