// run.mjs BARE OUT: how long frames take while 100,000 calls are scrolled through, in the log
// explorer and in a bare virtual list (built into the directory BARE), by turns in one browser whose
// frames wait for no screen. Prints a table and writes all figures to OUT. Only ratios within one run
// mean something.

import { readFileSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { Visitor } from '../../tests/e2e/support/chromium.mjs';
import { DashboardWorld } from '../../tests/e2e/support/dashboard_world.mjs';
import { loadAll } from '../../tests/e2e/support/many_calls.mjs';
import { Workspace } from '../../tests/e2e/support/orchestrator.mjs';

const rounds = 9;
const script = { steps: 250, by: 400 };
const longMs = 50;
const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' };

const [bare, out] = process.argv.slice(2);

async function openBare({ browser, orchestrator }) {
    const visitor = await Visitor.open(browser, orchestrator);
    await visitor.page.route('**/bare/**', (route) => {
        const name = new URL(route.request().url()).pathname.replace('/bare/', '');
        return route.fulfill({ body: readFileSync(join(bare, name)),
            contentType: types[extname(name)] });
    });
    await visitor.page.goto('/bare/bare.html');
    await visitor.page.getByTestId('calls').getByRole('listitem').first().waitFor();
    return visitor;
}

async function openExplorer(world) {
    const visitor = await world.open();
    await loadAll(visitor);
    return visitor;
}

/** The milliseconds that each frame took; the same movements each time. */
const scroll = ({ page }) => page.evaluate(async ({ steps, by }) => {
    const list = document.querySelector('[data-testid=calls]');
    const frame = () => new Promise((resolve) => { requestAnimationFrame(resolve); });
    list.scrollTop = 1_000_000;
    for (let settled = 0; settled < 10; settled += 1) {
        await frame();
    }
    const times = [];
    let before = await frame();
    for (let step = 0; step < steps; step += 1) {
        list.scrollTop += by;
        const now = await frame();
        times.push(now - before);
        before = now;
    }
    return times;
}, script);

/** The value below which the share `part` of `values` lies. */
function quantile(values, part) {
    const sorted = [...values].sort((one, other) => one - other);
    return sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
}

const figuresOf = (times) => ({ p50: quantile(times, 0.5), p95: quantile(times, 0.95),
    long: times.filter((time) => time > longMs).length });

const spread = (values) => ({ median: quantile(values, 0.5), least: Math.min(...values),
    most: Math.max(...values) });
const words = ({ median, least, most }) =>
    `${median.toFixed(2)} (${least.toFixed(2)}–${most.toFixed(2)})`.padStart(22);

const world = await DashboardWorld.startEmpty(new Workspace(),
    { chromium: ['--disable-frame-rate-limit', '--disable-gpu-vsync'] });
const figures = { explorer: [], bare: [] };
try {
    await world.setUp();
    const lists = [['explorer', await openExplorer(world)], ['bare', await openBare(world)]];
    // The first round is for the compiler of the browser.
    for (let round = 0; round <= rounds; round += 1) {
        for (const [name, visitor] of round % 2 === 0 ? lists : [...lists].reverse()) {
            const times = await scroll(visitor);
            if (round > 0) {
                figures[name].push(figuresOf(times));
            }
        }
    }
    const complaints = lists.flatMap(([, visitor]) => visitor.complaints);
    if (complaints.length > 0) {
        throw new Error(complaints.join('\n'));
    }
} finally {
    await world.dispose();
}

const of = (name, figure) => spread(figures[name].map((round) => round[figure]));
const ratio = (figure) => spread(figures.explorer.map((round, at) =>
    round[figure] / figures.bare[at][figure]));
const long = (name) => figures[name].reduce((sum, round) => sum + round.long, 0);
const table = Object.fromEntries(['p50', 'p95'].map((figure) => [figure,
    { explorer: of('explorer', figure), bare: of('bare', figure), ratio: ratio(figure) }]));
console.log(`Frames while 100,000 calls are scrolled through, in ms: median (least–most) of ${
    rounds} rounds
              log explorer     bare virtual list                 ratio`);
for (const [figure, { explorer, bare: other, ratio: times }] of Object.entries(table)) {
    console.log(`  ${figure}${words(explorer)}${words(other)}${words(times)}`);
}
console.log(`  frames over ${longMs} ms: ${long('explorer')} and ${long('bare')} of ${
    rounds * script.steps}`);
writeFileSync(out, JSON.stringify({ script, rounds, ...table, long: {
    explorer: long('explorer'), bare: long('bare') }, figures }, null, 2));
