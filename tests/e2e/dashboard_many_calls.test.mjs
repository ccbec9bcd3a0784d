// The list of calls with 100,000 of them loaded.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { loadAll } from './support/many_calls.mjs';

const rowsInPageMax = 100;

let world;

before(async () => {
    world = await DashboardWorld.start({});
});

after(() => world?.dispose());

test('100,000 loaded calls scroll with few rows and one pass for each scroll event', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await loadAll(visitor);
    const seen = await page.evaluate(async () => {
        const list = document.querySelector('[data-testid=calls]');
        const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
        let passes = 0;
        new MutationObserver(() => { passes += 1; }).observe(list,
            { childList: true, subtree: true });
        let events = 0;
        list.addEventListener('scroll', () => { events += 1; });
        let most = 0;
        for (let step = 0; step < 200; ++step) {
            list.scrollTop -= 400;
            await frame();
            most = Math.max(most, list.querySelectorAll('[role=listitem]').length);
        }
        return { passes, events, most };
    });
    assert.ok(seen.most <= rowsInPageMax, JSON.stringify(seen));
    assert.ok(seen.events > 100 && seen.passes <= seen.events, JSON.stringify(seen));
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});
