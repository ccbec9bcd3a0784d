// look.mjs OUT PATH...: opens pages of a running dashboard (MCP_ORCH_URL), signed in as
// MCP_ORCH_EMAIL, takes their pictures in light and dark, wide and narrow, and prints what they
// asked the server for, errors of the console and what axe finds.

import { mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

const [out, ...paths] = process.argv.slice(2);
const url = process.env.MCP_ORCH_URL ?? 'http://127.0.0.1:8000';
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const widths = (process.env.WIDTHS ?? '1280,380').split(',').map(Number);
const schemes = (process.env.SCHEMES ?? 'light,dark').split(',');
mkdirSync(out, { recursive: true });

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
const signIn = await browser.newContext();
await signIn.request.post(new URL('/api/users/login', url).href, {
    data: { email: process.env.MCP_ORCH_EMAIL, password: process.env.MCP_ORCH_PASSWORD },
    headers: { 'sec-fetch-site': 'same-origin' },
});
const storageState = await signIn.storageState();
const name = (path) => path.replace(/^\//, '').replace(/[^A-Za-z0-9]+/g, '-').slice(0, 60) || 'root';

for (const path of paths) {
    for (const width of widths) {
        for (const scheme of schemes) {
            const context = await browser.newContext({
                storageState: path.startsWith('/signin') || path.startsWith('/setup') ? undefined : storageState,
                colorScheme: scheme, viewport: { width, height: width > 600 ? 860 : 800 }, locale: process.env.LANGUAGE_TAG ?? 'en-GB', bypassCSP: false,
            });
            const page = await context.newPage();
            const calls = [];
            page.on('console', (line) => { if (['error', 'warning'].includes(line.type())) { console.log(`  ! ${path} ${line.text()}`); } });
            page.on('pageerror', (error) => { console.log(`  ! ${path} ${error.message}`); });
            page.on('request', (request) => { const { pathname, search } = new URL(request.url()); if (pathname.startsWith('/api')) { calls.push(`${request.method()} ${pathname}${search.slice(0, 60)}`); } });
            await page.goto(new URL(path, url).href, { waitUntil: 'load' });
            await page.waitForTimeout(Number(process.env.SETTLE ?? 1500));
            if (process.env.ACT !== undefined) {
                await (await import(process.env.ACT)).default(page);
                await page.waitForTimeout(500);
            }
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
            if (overflow > 0) { console.log(`  ! ${path} ${width}: ${overflow} px too wide`); }
            await page.screenshot({ path: join(out, `${name(path)}-${width}-${scheme}${process.env.SUFFIX ?? ''}.png`), fullPage: process.env.FULL === '1' });
            if (process.env.AXE !== '0') {
                const { violations } = await page.evaluate(async (source) => {
                    // The policy of the page forbids a script element; the debugger is not bound by it.
                    (0, eval)(source);
                    return window.axe.run(document, { resultTypes: ['violations'] });
                }, axeSource).catch(() => ({ violations: [] }));
                for (const { id, impact, nodes } of violations) {
                    console.log(`  axe ${impact} ${id} ${path} ${width} ${scheme}: ${nodes.slice(0, 3).map((node) => node.html.slice(0, 110)).join(' | ')}`);
                }
            }
            if (width === widths[0] && scheme === schemes[0]) { console.log(path, calls); }
            await context.close();
        }
    }
}
await browser.close();
