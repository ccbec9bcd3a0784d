// The list of calls with 100,000 of them loaded. The pages of the log are answered in the browser,
// so that the list is measured and not the way to it.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DashboardWorld } from './support/dashboard_world.mjs';

const rowsLoaded = 100_000;
/** More than is asked for at a time, for loading them is not what is tested. */
const pageRows = 2_000;
const rowsInPageMax = 100;
const lineHeight = 34;

let world;

before(async () => {
    world = await DashboardWorld.start({});
});

after(() => world?.dispose());

const id = (number) => `01a22bc8-0000-7000-8000-${String(number).padStart(12, '0')}`;

const call = (number) => ({
    id: id(number), call_id: id(number),
    timestamp: new Date(Date.now() - (rowsLoaded - number) * 20).toISOString(),
    status: number % 11 === 0 ? 'error' : 'success', server_name: 'memory',
    tool_name: `tool_${number % 17}`, client_name: 'Cursor', client_type: 'cursor',
    duration_ms: number % 900, error_message: null, error_code: null, principal: 'anonymous',
    principal_name: null, input_data: { arguments: null, size: 16 },
    output_data: { result: null, metadata: { response_size: 80 } },
});

function answerPages(page) {
    return page.route((address) => address.pathname === '/api/tool-call-logs', (route) => {
        const query = new URL(route.request().url()).searchParams;
        const from = Number(query.get('cursor') ?? rowsLoaded);
        const logs = Array.from({ length: Math.min(pageRows, from) },
            (_, at) => call(from - at));
        const left = from - logs.length;
        return route.fulfill({ json: { logs, next_cursor: left > 0 ? String(left) : null,
            total_count: rowsLoaded, has_more_than_total: false, live_from: id(rowsLoaded),
            page: 1, page_size: logs.length, has_next: left > 0, has_prev: false } });
    });
}

test('100,000 loaded calls scroll with few rows and one pass for each scroll event', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await answerPages(page);
    await page.goto('/projects/default/logs?follow=off');
    await page.getByTestId('calls').getByRole('listitem').first().waitFor();
    await page.evaluate(async (wanted) => {
        const list = document.querySelector('[data-testid=calls]');
        while (list.scrollHeight < wanted) {
            list.scrollTop = list.scrollHeight;
            await new Promise((resolve) => { requestAnimationFrame(resolve); });
        }
    }, rowsLoaded * lineHeight);
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
