// main.mjs OUT [PATTERN]: takes a picture of every page whose name matches, in light and dark, into
// OUT. Ends with 1 when a page is missing, complains, does not fit or shows where this machine keeps
// its files; what is wrong stands at the end.

import { mkdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Visitor } from '../support/chromium.mjs';
import { DashboardWorld } from '../support/dashboard_world.mjs';
import { Workspace } from '../support/orchestrator.mjs';
import { found, placePrograms } from './company.mjs';
import { spreadOverADay } from './day.mjs';
import { pages } from './pages.mjs';
import { makeADay } from './traffic.mjs';

const wide = { width: 1280, height: 860 };
const narrow = { width: 380, height: 800 };

const [out, pattern = ''] = process.argv.slice(2);
const wanted = pages.filter(({ name }) => new RegExp(pattern).test(name));
if (out === undefined || wanted.length === 0) {
    console.error(out === undefined ? 'usage: main.mjs OUT [PATTERN]'
        : `no page matches ${pattern}; there are: ${pages.map(({ name }) => name).join(' ')}`);
    process.exit(2);
}

const failures = [];
const fail = (page, words) => {
    failures.push(`${page.name}: ${words}`);
    console.error(`  failed: ${page.name}: ${words}`);
};

/** All text of the page, what stands in its fields too. */
const textOf = ({ page }) => page.evaluate(() => [document.body.innerText,
    ...[...document.querySelectorAll('input, textarea')].map(({ value }) => value)].join('\n'));

/** Places of this machine, which no picture may show. */
const placesOf = ({ workspace }) => [workspace.path, tmpdir(), dirname(process.execPath),
    dirname(import.meta.dirname), hostname()];

async function check(world, visitor, page) {
    const text = await textOf(visitor);
    if (!page.missing && text.includes('There is nothing here')) {
        fail(page, `there is no page at ${visitor.page.url()}`);
    }
    for (const place of placesOf(world).filter((one) => text.includes(one))) {
        fail(page, `it shows ${place}`);
    }
}

/** Pictures of one page in one of the colour schemes. */
async function take(world, page, colorScheme) {
    const visitor = await Visitor.open(world.browser, world.orchestrator, { colorScheme,
        ...(page.who === 'nobody' ? {} : { cookie: world.ada.cookie }) });
    const picture = (size) => visitor.page.screenshot({ fullPage: page.whole === true,
        path: join(out, `${page.name}-${size}-${colorScheme}.png`), animations: 'disabled' });
    try {
        await visitor.visit(typeof page.at === 'function' ? page.at(world) : page.at);
        await page.do?.(visitor);
        await check(world, visitor, page);
        await picture(wide.width);
        if (page.narrow) {
            await visitor.page.setViewportSize(narrow);
            await visitor.page.waitForLoadState('networkidle');
            if (!await visitor.fits()) {
                fail(page, `it is wider than ${narrow.width} px`);
            }
            await picture(narrow.width);
        }
    } catch (error) {
        fail(page, error.message);
    }
    for (const complaint of visitor.complaints.filter((words) => !(page.refused || page.missing)
        || !words.startsWith('Failed to load resource'))) {
        fail(page, complaint);
    }
    await visitor.close();
}

async function takeAll(world, some) {
    for (const page of some) {
        console.error(`  ${page.name}`);
        await Promise.all(['light', 'dark'].map((scheme) => take(world, page, scheme)));
    }
}

mkdirSync(out, { recursive: true });
const workspace = new Workspace();
const world = await DashboardWorld.startEmpty(workspace, { env: { PATH: placePrograms(workspace) } });
try {
    await takeAll(world, wanted.filter(({ before }) => before === 'accounts'));
    await world.setUp();
    console.error('==> a company, and a day of its calls');
    await makeADay(world, await found(world));
    await spreadOverADay(world.orchestrator);
    console.error('==> pictures');
    await takeAll(world, wanted.filter(({ before }) => before === undefined));
} finally {
    await world.dispose();
}
console.error(failures.length === 0 ? `==> all is well with ${wanted.length} pages`
    : `error: ${failures.length} things are wrong:\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
