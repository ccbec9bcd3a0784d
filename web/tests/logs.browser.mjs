// The log explorer of the project "default" while calls are being made.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, signedIn, url, watched } from './support.mjs';

let browser;
let context;
before(async () => {
    browser = await openBrowser();
    context = await signedIn(browser);
});
after(() => browser.close());

const address = (query) => new URL(`/projects/default/logs${query}`, url).href;
const rendered = (page) => page.locator('[data-testid=calls] [role=listitem]').count();

test('the first load asks for the last 30 minutes, and each thing once', async () => {
    const { page, calls, faults } = await watched(context);
    const first = page.waitForRequest((request) => new URL(request.url()).pathname === '/api/tool-call-logs');
    await page.goto(address('?follow=off'));
    assert.equal(new URL((await first).url()).searchParams.get('time_range'), '30m');
    await page.locator('[data-testid=calls] [role=listitem]').first().waitFor();
    assert.equal(calls.filter((call) => call.includes('/servers')).length, 0);
    for (const path of ['', '/facets', '/histogram']) {
        assert.equal(calls.filter((call) => call === `GET /api/tool-call-logs${path}`).length, 1, path);
    }
    assert.deepEqual(faults, []);
    await page.close();
});

test('scrolling loads older calls and keeps at most 100 rows in the page', async () => {
    const { page } = await watched(context);
    await page.goto(address('?time_range=24h&follow=off'));
    await page.locator('[data-testid=calls] [role=listitem]').first().waitFor();
    const before = await page.locator('[data-testid=calls]').evaluate((list) => list.scrollHeight);
    const second = page.waitForRequest((request) => request.url().includes('cursor='));
    for (let step = 0; step < 10; ++step) {
        await page.locator('[data-testid=calls]').evaluate((list) => { list.scrollTop += 900; });
        await page.waitForFunction(() => document.querySelectorAll('[data-testid=calls] [role=listitem]').length > 5);
        assert.ok(await rendered(page) <= 100);
    }
    await second;
    await page.waitForFunction((height) => document.querySelector('[data-testid=calls]').scrollHeight > height, before);
    await page.close();
});

test('live calls arrive above what is read without moving it', async () => {
    const { page } = await watched(context);
    await page.goto(address('?time_range=24h&follow=live'));
    const list = page.locator('[data-testid=calls]');
    await list.locator('[role=listitem]').first().waitFor();
    await list.evaluate((element) => { element.scrollTop = 1700; });
    await page.waitForFunction(() => document.querySelector('[data-testid=calls] [role=listitem]').dataset.index > 10);
    const place = () => list.evaluate((element) => {
        const top = element.getBoundingClientRect().top;
        const item = [...element.querySelectorAll('[role=listitem]')].find((each) => each.getBoundingClientRect().top >= top + 40);
        return { words: item.innerText, from: Math.round(item.getBoundingClientRect().top - top) };
    });
    const before = await place();
    await page.getByRole('button', { name: /new call/ }).waitFor();
    assert.deepEqual(await place(), before);
    await page.close();
});

test('the keyboard walks, opens and searches', async () => {
    const { page } = await watched(context);
    await page.goto(address('?follow=off'));
    await page.locator('[data-testid=calls] [role=listitem]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('[data-testid=call-detail]').waitFor();
    assert.match(page.url(), /open=/);
    await page.keyboard.press('/');
    assert.equal(await page.evaluate(() => document.activeElement.tagName), 'INPUT');
    await page.close();
});

test('a filter stands in the address and survives a reload', async () => {
    const { page } = await watched(context);
    await page.goto(address('?follow=off'));
    await page.getByRole('checkbox', { name: 'Error', exact: true }).click();
    await page.waitForURL(/status=error/);
    await page.reload();
    await page.locator('[data-testid=calls] [role=listitem]').first().waitFor();
    assert.equal(await page.getByRole('checkbox', { name: 'Error', exact: true }).isChecked(), true);
    await page.close();
});
