// New calls in the log explorer: every 30 seconds by the clock of the page, which is moved here, and
// when a call is made once more. And the log without a mouse.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { DashboardWorld, administrator } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import { NumberedCalls, firstInSight, listOf, listRequests, logs, numbersOf, openLog, rowsOf }
    from './support/log_explorer.mjs';
import { faulty } from './support/server_definitions.mjs';

const refreshMs = 30_000;
const pages = 3;
/** The last page is not full. */
const callsMade = 450;

let world;
let calls;
let stored = callsMade;

before(async () => {
    world = await DashboardWorld.start({ faulty: faulty() });
    calls = new NumberedCalls(world);
    await calls.make(callsMade);
    await calls.stored(stored);
});

after(() => world?.dispose());

async function happen(count) {
    await calls.make(count);
    await calls.stored(stored += count);
}

/** A log whose clock the test moves, with what it asks for. */
async function openClocked(query) {
    const visitor = await world.open();
    await visitor.page.clock.install();
    const requests = listRequests(visitor);
    await visitor.page.goto(logs(query));
    await rowsOf(visitor).first().waitFor();
    return { visitor, page: visitor.page, requests };
}

const lastIndex = async (visitor) =>
    Number(await rowsOf(visitor).last().getAttribute('data-index'));

async function scrollToEnd(visitor, rows) {
    await eventually('the last call', async () => {
        await listOf(visitor).evaluate((list) => { list.scrollTop = list.scrollHeight; });
        return await lastIndex(visitor) === rows - 1
            && await listOf(visitor).getByText('No older calls').isVisible();
    });
}

test('85-10: after 30 s a new call is on top, and pages, place and opened row are as before',
    async () => {
        const { visitor, page, requests } = await openClocked('?time_range=24h');
        await scrollToEnd(visitor, stored);
        assert.equal(requests.length, pages);
        await listOf(visitor).evaluate((list) => { list.scrollTop = 8_000; });
        const read = rowsOf(visitor).filter({ hasText: 'number 00210' });
        await read.getByRole('button').first().click();
        const detail = page.getByTestId('call-detail');
        await detail.getByText('"number 00210"').first().waitFor();
        const place = await firstInSight(visitor);
        const address = page.url();
        assert.match(address, /open=/);

        await happen(1);
        await page.clock.fastForward(refreshMs);
        await page.getByRole('button', { name: '1 new call' }).waitFor();
        assert.deepEqual(await firstInSight(visitor), place);
        await detail.getByText('"number 00210"').first().waitFor();
        assert.equal(page.url(), address);
        assert.equal(requests.length, pages + 1);
        assert.equal(requests.at(-1).has('cursor'), false);

        await page.getByRole('button', { name: '1 new call' }).click();
        await eventually('the new call on top', async () =>
            (await numbersOf(visitor))[0] === calls.last);
        await scrollToEnd(visitor, stored);
        assert.equal(requests.length, pages + 1, 'older pages were there');
        assert.deepEqual(visitor.complaints, []);
        await visitor.close();
    });

test('85-10: it is on by default, and what is switched off does not ask', async () => {
    const { visitor, page, requests } = await openClocked('?time_range=24h');
    const mode = (name) => page.getByRole('radiogroup', { name: 'New calls' })
        .getByText(name, { exact: true });
    assert.equal(await page.getByRole('radio', { name: '30 s' }).isChecked(), true);
    await mode('Off').click();
    await page.waitForURL(/follow=off/);
    await happen(1);
    await page.clock.fastForward(2 * refreshMs);
    await mode('30 s').click();
    await page.waitForURL((address) => !address.searchParams.has('follow'));
    assert.equal((await numbersOf(visitor)).includes(calls.last), false);
    await page.clock.fastForward(refreshMs);
    await eventually('the new call on top', async () =>
        (await numbersOf(visitor))[0] === calls.last);
    assert.equal(requests.filter((query) => !query.has('cursor')).length, 2);
    await visitor.close();
});

test('a call is made once more from its row, and its new row comes', async () => {
    const visitor = await openLog(world, `?follow=off&search_text=${encodeURIComponent('number 00042')}`);
    const { page } = visitor;
    await rowsOf(visitor).getByRole('button').first().click();
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await page.getByRole('button', { name: 'Run again' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Run', exact: true }).click();
    await page.getByText('echo ran; the call is in the log.').waitFor();
    await eventually('the row', async () => await rowsOf(visitor).count() === 2);
    assert.deepEqual(await numbersOf(visitor), ['number 00042', 'number 00042']);
    await calls.stored(stored += 1);
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('the log is reached, searched and read with the keyboard alone', async () => {
    const visitor = await world.open({ cookie: undefined });
    const { page } = visitor;
    const { keyboard } = page;
    const detail = page.getByTestId('call-detail');
    await page.goto('/projects');
    await page.waitForURL('**/signin?**');
    // The first field has the focus.
    await page.locator('input:focus').waitFor();
    await keyboard.type(administrator.email);
    await keyboard.press('Tab');
    await keyboard.type(administrator.password);
    await keyboard.press('Enter');
    await page.waitForURL('**/projects');
    await page.getByRole('link', { name: /default/ }).waitFor();
    await eventually('the focus on the project', async () => {
        await keyboard.press('Tab');
        return page.evaluate(() => document.activeElement?.getAttribute('href')
            === '/projects/default/overview');
    });
    await keyboard.press('Enter');
    await page.waitForURL('**/overview');
    await page.getByRole('heading', { level: 1 }).waitFor();

    await keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to…' }).waitFor();
    await keyboard.type('logs');
    await page.getByRole('option', { name: /Logs/ }).waitFor();
    await keyboard.press('Enter');
    await page.waitForURL('**/logs');
    await rowsOf(visitor).first().waitFor();
    await page.getByRole('dialog').waitFor({ state: 'detached' });

    const chosen = async () => Number(await listOf(visitor).locator('[data-chosen]')
        .getAttribute('data-index'));
    await keyboard.press('j');
    await keyboard.press('j');
    await keyboard.press('j');
    assert.equal(await chosen(), 2);
    await keyboard.press('k');
    assert.equal(await chosen(), 1);
    await keyboard.press('Enter');
    await detail.waitFor();
    assert.equal(await rowsOf(visitor).nth(1).getByTestId('call-detail').count(), 1);
    await keyboard.press('Enter');
    await detail.waitFor({ state: 'detached' });

    await keyboard.press('/');
    await keyboard.type('number 00077');
    await keyboard.press('Enter');
    await eventually('the row that was looked for', async () =>
        (await numbersOf(visitor)).join() === 'number 00077');
    // From the field to the row by Tab, and into it.
    await eventually('the focus on the row', async () => {
        await keyboard.press('Tab');
        return page.evaluate(() => document.activeElement?.closest('[role=listitem]') !== null);
    });
    await keyboard.press('Enter');
    await detail.getByText('"number 00077"').first().waitFor();
    assert.match(page.url(), /open=/);
    assert.deepEqual(visitor.complaints.filter((text) => !text.includes('401')), []);
    await visitor.close();
});
