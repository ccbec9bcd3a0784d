// Debian's Chromium on the dashboard: what its pages ask the server for and complain of is kept.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import { guardMs } from './deadline.mjs';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** A page takes far more of a loaded machine than a request. */
const browserGuardMs = 4 * guardMs;

/** A browser that ends with the workspace; `more` are further switches of it. */
export async function launchChromium(workspace, more = []) {
    const browser = await chromium.launch({
        executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
        // Its sandbox refuses to run as root, and containers have little shared memory; the pages
        // are our own.
        args: ['--disable-dev-shm-usage', ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
            ...more],
    });
    workspace.closers.push(() => browser.close());
    return browser;
}

/** One person's tab. */
export class Visitor {
    /** What the page that was opened last asked the API for, as "METHOD /path". */
    calls = [];
    /** Errors of the console, exceptions, and requests that got no answer. */
    complaints = [];

    /** `cookie` is what a `Browser` got when it logged in. */
    static async open(browser, orchestrator, { cookie, colorScheme = 'light', width = 1280,
        locale = 'en-GB', timezoneId } = {}) {
        const context = await browser.newContext({ baseURL: orchestrator.url,
            colorScheme, locale, timezoneId, viewport: { width, height: 860 } });
        context.setDefaultTimeout(browserGuardMs);
        if (cookie !== undefined) {
            const [name, value] = cookie.split('=');
            await context.addCookies([{ name, value, url: orchestrator.url }]);
        }
        return new Visitor(await context.newPage());
    }

    constructor(page) {
        this.page = page;
        page.on('request', (request) => {
            if (['fetch', 'xhr', 'eventsource'].includes(request.resourceType())) {
                this.calls.push(`${request.method()} ${new URL(request.url()).pathname}`);
            }
        });
        page.on('pageerror', (error) => this.complaints.push(error.message));
        page.on('console', (line) => {
            if (line.type() === 'error') {
                this.complaints.push(line.text());
            }
        });
    }

    /** Opens a page and waits until what it asked for is there. */
    async visit(path) {
        this.calls.length = 0;
        await this.page.goto(path);
        // The script of a page comes after the frame that it stands in, and what it shows after that.
        await this.page.locator('h1').first().waitFor({ state: 'attached' });
        await this.page.waitForFunction(() =>
            document.querySelector('.mantine-Skeleton-root') === null);
        await this.page.waitForLoadState('networkidle');
    }

    /** Whether nothing of the page stands beyond its right edge. */
    fits() {
        return this.page.evaluate(() =>
            document.documentElement.scrollWidth <= document.documentElement.clientWidth);
    }

    /** What axe finds on the page, of the kinds that keep people out. */
    async barriers() {
        await this.page.evaluate(axe);
        const { violations } = await this.page.evaluate(() => window.axe.run(document,
            { resultTypes: ['violations'] }));
        return violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
            .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 200))}`);
    }

    close() {
        return this.page.context().close();
    }
}
