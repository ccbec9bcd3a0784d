// main.mjs OUT [PATTERN]: takes a picture of every page whose name matches, in light and dark, into
// OUT; those for the README into OUT/readme. Ends with 1 when a page is missing, complains, does not
// fit, keeps people out or shows where this machine keeps its files; what is wrong stands at the end.
//   MCP_ORCH_URL   pages that serve.mjs has the data of, such as those of `npm run dev`

import { mkdirSync } from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Visitor } from '../support/chromium.mjs';
import { eventually } from '../support/deadline.mjs';
import { pages } from './pages.mjs';
import { furnish, joinWorld, startWorld } from './world.mjs';

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
    for (const barrier of await visitor.barriers()) {
        fail(page, barrier);
    }
}

/** A refusal that the page is to show is an error in the console, too. */
const isMeant = (page, complaint) => (page.refused || page.missing)
    && complaint.startsWith('Failed to load resource');

/** Pictures of one page in one of the colour schemes. */
async function take(world, page, colorScheme) {
    const visitor = await Visitor.open(world.browser, world.orchestrator, { colorScheme,
        ...(page.who === 'nobody' ? {} : { cookie: world.ada.cookie }) });
    const picture = (name, fullPage) => visitor.page.screenshot({ fullPage,
        path: join(out, `${name}-${colorScheme}.png`), animations: 'disabled' });
    try {
        await visitor.visit(typeof page.at === 'function' ? page.at(world) : page.at);
        await page.do?.(visitor);
        await picture(`${page.name}-${wide.width}`, page.whole === true);
        if (page.shown) {
            await picture(join('readme', page.name), false);
        }
        await check(world, visitor, page);
        if (page.narrow) {
            await visitor.page.setViewportSize(narrow);
            await visitor.page.waitForLoadState('networkidle');
            await eventually(`a width of ${narrow.width} px`, () => visitor.fits());
            await picture(`${page.name}-${narrow.width}`, page.whole === true);
        }
    } catch (error) {
        fail(page, error.message);
    }
    visitor.complaints.filter((one) => !isMeant(page, one)).forEach((one) => fail(page, one));
    await visitor.close();
}

async function takeAll(world, some) {
    for (const page of some) {
        console.error(`  ${page.name}`);
        await Promise.all(['light', 'dark'].map((scheme) => take(world, page, scheme)));
    }
}

mkdirSync(join(out, 'readme'), { recursive: true });
const url = process.env.MCP_ORCH_URL;
const world = url === undefined ? await startWorld() : await joinWorld(url);
try {
    if (url === undefined) {
        await takeAll(world, wanted.filter(({ before }) => before === 'accounts'));
        await furnish(world);
    }
    await takeAll(world, wanted.filter(({ before }) => before === undefined));
} finally {
    await world.dispose();
}
console.error(failures.length === 0 ? `==> all is well with ${wanted.length} pages`
    : `error: ${failures.length} things are wrong:\n${failures.join('\n')}`);
process.exitCode = failures.length === 0 ? 0 : 1;
