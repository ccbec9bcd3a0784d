// An orchestrator with an account, and a browser that is signed in to its dashboard.

import assert from 'node:assert/strict';
import { Browser } from './browser.mjs';
import { Visitor, launchChromium } from './chromium.mjs';
import { Orchestrator, Workspace } from './orchestrator.mjs';

export const administrator = { name: 'Ada Lovelace', email: 'ada@example.org',
    password: 'a quiet harbour at dusk' };

export class DashboardWorld {
    static async start(servers, { env = {} } = {}) {
        const world = await DashboardWorld.startEmpty(new Workspace(), { servers, env });
        await world.setUp();
        return world;
    }

    /** Without the account, which `setUp` makes. */
    static async startEmpty(workspace, { servers = {}, env = {}, chromium = [] } = {}) {
        const world = new DashboardWorld();
        world.workspace = workspace;
        world.orchestrator = await Orchestrator.start(workspace, { servers, env });
        world.browser = await launchChromium(workspace, chromium);
        world.ada = new Browser(world.orchestrator);
        return world;
    }

    get setUpToken() {
        return this.orchestrator.events.find(({ message }) => message.includes('/setup#token='))
            .message.split('#token=')[1];
    }

    async setUp() {
        const made = await this.ada.post('/api/setup',
            { ...administrator, token: this.setUpToken });
        assert.equal(made.status, 201, made.text);
        await this.ada.logIn(administrator.email, administrator.password);
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
