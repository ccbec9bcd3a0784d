// The log explorer in a browser: what it asks for, and what stays where it is while calls come.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { NumberedCalls, firstInSight, listOf, logs, numbersOf, openLog, rowsOf }
    from './support/log_explorer.mjs';
import { faulty } from './support/server_definitions.mjs';

/** More than two pages of the log. */
const callsMade = 450;
const rowsMax = 100;

let world;
let calls;

before(async () => {
    world = await DashboardWorld.start({ faulty: faulty([], { timeout: 1 }) });
    calls = new NumberedCalls(world);
    await calls.make(callsMade);
    await world.call('faulty', 'fail', { message: 'as told' });
    await world.call('faulty', 'hang', { nonce: 'late' });
    await calls.stored(callsMade + 2);
});

after(() => world?.dispose());

test('85-8: the first look is at the last 30 minutes, and asks each thing once', async () => {
    const visitor = await world.open();
    const first = visitor.page.waitForRequest((request) =>
        new URL(request.url()).pathname === '/api/tool-call-logs');
    await visitor.page.goto(logs());
    assert.equal(new URL((await first).url()).searchParams.get('time_range'), '30m');
    await rowsOf(visitor).first().waitFor();
    await visitor.page.waitForLoadState('networkidle');
    for (const path of ['', '/facets', '/histogram']) {
        assert.equal(visitor.calls.filter((call) => call === `GET /api/tool-call-logs${path}`)
            .length, 1, path);
    }
    assert.deepEqual(visitor.calls.filter((call) => call.includes('/servers')), []);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('85-5, 85-11: scrolling back loads older calls, each once, and renders few', async () => {
    const visitor = await openLog(world, '?time_range=24h&follow=off');
    const seen = new Set();
    await eventually('the end of the log', async () => {
        for (const number of await numbersOf(visitor)) {
            seen.add(number);
        }
        assert.ok(await rowsOf(visitor).count() <= rowsMax);
        await listOf(visitor).evaluate((list) => { list.scrollTop += 600; });
        return seen.size === callsMade
            && await listOf(visitor).getByText('No older calls').isVisible();
    }, 60_000);
    const numbers = await numbersOf(visitor);
    assert.equal(new Set(numbers).size, numbers.length);
    await visitor.close();
});

test('85-9: filters stand in the address, narrow the list and survive a reload', async () => {
    const visitor = await openLog(world, '?time_range=24h&follow=off');
    const { page } = visitor;
    await page.getByRole('checkbox', { name: 'Error', exact: true }).click();
    await page.waitForURL(/status=error/);
    await eventually('one row', async () => await rowsOf(visitor).count() === 1);
    await page.reload();
    await rowsOf(visitor).first().waitFor();
    assert.equal(await rowsOf(visitor).count(), 1);
    assert.equal(await page.getByRole('checkbox', { name: 'Error', exact: true }).isChecked(), true);
    await page.goto(logs('?time_range=24h&follow=off'));
    await rowsOf(visitor).first().waitFor();
    await page.keyboard.press('/');
    await page.keyboard.type('number 00042');
    await eventually('the row that was looked for', async () =>
        (await numbersOf(visitor)).join() === 'number 00042');
    assert.match(page.url(), /number(\+|%20)00042/);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('85-6, 85-7, 85-15: a row opens to all of a call, its error in words', async () => {
    const visitor = await openLog(world, '?time_range=24h&follow=off&status=error');
    const { page } = visitor;
    assert.match(await rowsOf(visitor).first().getAttribute('class'), /error/);
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const detail = page.getByTestId('call-detail');
    await detail.waitFor();
    await detail.getByText('The tool ran and reported that it failed.').waitFor();
    await detail.getByText('as told').first().waitFor();
    assert.match(page.url(), /open=/);
    await page.reload();
    await page.getByTestId('call-detail').waitFor();
    assert.deepEqual(await visitor.barriers(), []);
    await page.getByRole('button', { expanded: true }).first().click();
    await page.getByTestId('call-detail').waitFor({ state: 'detached' });
    await visitor.close();
});

test('85-10: calls that come meanwhile move nothing that is read', async () => {
    const visitor = await openLog(world, '?time_range=24h&follow=live');
    const { page } = visitor;
    await listOf(visitor).evaluate((list) => { list.scrollTop = 1_700; });
    await eventually('the place', async () =>
        Number(await rowsOf(visitor).first().getAttribute('data-index')) > 10);
    const place = await firstInSight(visitor);
    await page.getByText('Live', { exact: true }).waitFor();
    await calls.make(3);
    await page.getByRole('button', { name: /new call/ }).waitFor();
    assert.deepEqual(await firstInSight(visitor), place);
    await page.getByRole('button', { name: /new call/ }).click();
    await eventually('the newest on top', async () =>
        (await numbersOf(visitor)).includes(calls.last));
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('a drag over the histogram narrows the time', async () => {
    const visitor = await openLog(world, '?follow=off');
    const { page } = visitor;
    const chart = page.locator('.u-over').first();
    await chart.waitFor();
    const { x, y, width, height } = await chart.boundingBox();
    await page.mouse.move(x + width * 0.4, y + height / 2);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.8, y + height / 2, { steps: 6 });
    await page.mouse.up();
    await page.waitForURL(/start_time=.*end_time=/);
    const query = new URL(page.url()).searchParams;
    const minutes = (Date.parse(query.get('end_time')) - Date.parse(query.get('start_time')))
        / 60_000;
    assert.ok(minutes > 10 && minutes < 14, `${minutes} minutes`);
    await visitor.close();
});

test('a query is saved, taken up again, and deleted', async () => {
    const visitor = await openLog(world, '?status=error&time_range=24h&follow=off');
    const { page } = visitor;
    const view = page.getByRole('button', { name: /^what failed/ });
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByLabel('Save this query as').fill('what failed');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await view.waitFor();
    await page.goto(logs('?follow=off'));
    await page.getByRole('button', { name: 'Saved views' }).click();
    await view.click();
    await page.waitForURL(/status=error/);
    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByRole('button', { name: 'Delete the view what failed' }).click();
    await view.waitFor({ state: 'detached' });
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('what matches can be downloaded', async () => {
    const visitor = await openLog(world, '?status=timeout&time_range=24h&follow=off');
    const { page } = visitor;
    await page.getByRole('button', { name: 'Export' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'),
        page.getByRole('menuitem', { name: 'CSV' }).click()]);
    const lines = (await readFile(await download.path(), 'utf8')).trim().split('\n');
    assert.match(download.suggestedFilename(), /\.csv$/);
    assert.equal(lines.length, 2);
    assert.match(lines[1], /timeout/);
    await visitor.close();
});
