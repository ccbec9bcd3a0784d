// What the log explorer shows of a log with one call of each kind: held against the rows of the API.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { connect, urlPath } from './support/client.mjs';
import { DashboardWorld } from './support/dashboard_world.mjs';
import { eventually } from './support/deadline.mjs';
import * as log from './support/log.mjs';
import { listRequests, logs, openLog, rowsOf, timesOf } from './support/log_explorer.mjs';
import { RawEventSession } from './support/raw_session.mjs';
import { faulty } from './support/server_definitions.mjs';

/** Every class of errors, and what the page says of it. */
const errors = {
    INVALID_PARAMETERS:
        'The tool is not known here, or the arguments do not fit what it asks for.',
    INITIALIZATION_INCOMPLETE: 'The client called before the session was set up.',
    METHOD_NOT_FOUND: 'The server does not know this method.',
    SSE_BRIDGE_ERROR: 'The connection between mcp-orch and the server failed.',
    TOOL_ERROR: 'The tool ran and reported that it failed.',
    NO_RESPONSE: 'The server ended before it answered.',
    TIMEOUT: 'The server did not answer in time.',
    EXECUTION_ERROR: 'The call was not carried out; the message says why.',
};
const callsMade = 13;
const longMs = 300;

let world;
/** All rows, newest first. */
let rows;

before(async () => {
    world = await DashboardWorld.start({ faulty: faulty(), other: faulty(),
        hasty: faulty([], { timeout: 1 }) }, { env: { MCP_ORCH_SESSIONS_CALLS_MAX: '1' } });
    const key = await world.orchestrator.createKey('laptop');
    await world.call('faulty', 'echo', { nonce: 'alpha' });
    await world.call('faulty', 'slow', { nonce: 'beta', ms: longMs + 100 });
    await world.call('other', 'echo', { nonce: 'gamma' });
    await world.call('hasty', 'hang', { nonce: 'delta' });
    const session = await connect(world.orchestrator, 'server_http',
        { server: 'faulty', key, name: 'Cline' });
    await session.call('echo', { nonce: 'epsilon' });
    await session.call('fail', { message: 'as told' });
    for (const wrong of [{ message: 'not like this' }, { code: -32601 }, { code: -5, message: 'odd' }]) {
        await assert.rejects(session.call('refuse', wrong));
    }
    await makeCancelled(session);
    await world.call('other', 'crash', { code: 7 });
    const raw = await RawEventSession.open(world.orchestrator, urlPath('server_sse', 'faulty'), key);
    await raw.ask(1, 'tools/call', { name: 'echo', arguments: {} });
    raw.close();
    await session.close();
    rows = await eventually('all rows', async () => {
        const found = await log.rows(world.orchestrator, { time_range: '1h' });
        const made = found.filter(({ tool_name: tool }) => tool !== 'open_calls');
        return made.length === callsMade && found;
    });
});

after(() => world?.dispose());

/** One call that is taken back, and before that one too many for its session. */
async function makeCancelled(session) {
    const withdrawal = new AbortController();
    const rejected = assert.rejects(
        session.call('hang', { nonce: 'zeta' }, { signal: withdrawal.signal }));
    await eventually('the call at the server', async () =>
        (await world.call('faulty', 'open_calls')).text.includes('zeta'));
    await assert.rejects(session.call('echo', { nonce: 'eta' }), /Too many open calls/);
    withdrawal.abort();
    await rejected;
}

const timesWhere = (keeps) => rows.filter(keeps).map(({ timestamp }) => timestamp).sort().reverse();

async function showsWhere(what, visitor, keeps) {
    const wanted = timesWhere(keeps).join();
    await eventually(`the rows of ${what}`, async () => (await timesOf(visitor)).join() === wanted);
}

const facet = ({ page }, name) => page.getByRole('group', { name, exact: true });
const choose = (visitor, group, name) =>
    facet(visitor, group).getByRole('checkbox', { name, exact: true }).click();
const rowAt = (visitor, { timestamp }) =>
    rowsOf(visitor).filter({ has: visitor.page.locator(`time[datetime="${timestamp}"]`) });

/** What a person can see that the page was told. */
async function stateOf(visitor) {
    const { page } = visitor;
    const filters = page.getByRole('complementary', { name: 'Filters' });
    const open = rowsOf(visitor).filter({ has: page.getByRole('button', { expanded: true }) });
    return {
        rows: await timesOf(visitor),
        open: await open.locator('time').evaluateAll((times) => times.map((time) => time.dateTime)),
        chosen: await filters.getByRole('checkbox', { checked: true })
            .evaluateAll((boxes) => boxes.map((box) => box.labels[0].innerText).sort()),
        durations: await filters.getByRole('textbox')
            .evaluateAll((fields) => fields.map((field) => field.value)),
        search: await page.getByRole('textbox', { name: /^Search/ }).inputValue(),
        range: await page.getByRole('button', { name: /^Last / }).innerText(),
        follow: await page.getByRole('radio', { checked: true })
            .evaluateAll((radios) => radios.map((radio) => radio.value)),
    };
}

/** [what, how to ask for it, what it lets through, what of the address says it]. */
const filters = [
    ['two states', async (visitor) => {
        await choose(visitor, 'Status', 'Error');
        await choose(visitor, 'Status', 'Timeout');
    }, ({ status }) => status === 'error' || status === 'timeout', /status=error&status=timeout/],
    ['a server', (visitor) => choose(visitor, 'Server', 'other'),
        (row) => row.server_name === 'other', /server_id=/],
    ['a tool', (visitor) => choose(visitor, 'Tool', 'refuse'),
        (row) => row.tool_name === 'refuse', /tool_name=refuse/],
    ['a kind of error', (visitor) => choose(visitor, 'Error', 'TOOL_ERROR'),
        (row) => row.error_code === 'TOOL_ERROR', /error_code=TOOL_ERROR/],
    ['a client', (visitor) => choose(visitor, 'Client', 'cline'),
        (row) => row.client_type === 'cline', /client_type=cline/],
    ['a caller', (visitor) => choose(visitor, 'Caller', 'Key laptop'),
        (row) => row.principal.startsWith('key:'), /principal=key/],
    ['a least duration', async (visitor) => {
        await visitor.page.getByLabel('Duration: from').fill(String(longMs));
        await visitor.page.keyboard.press('Enter');
    }, (row) => row.duration_ms >= longMs, /min_duration_ms=300/],
    ['a greatest duration', async (visitor) => {
        await visitor.page.getByLabel('Duration: to').fill(String(longMs));
        await visitor.page.keyboard.press('Enter');
    }, (row) => row.duration_ms <= longMs, /max_duration_ms=300/],
    ['a text of arguments', async (visitor) => {
        await visitor.page.getByRole('textbox', { name: /^Search/ }).fill('EPSILON');
    }, (row) => row.input_data.arguments.nonce === 'epsilon', /search_text=EPSILON/],
];

test('85-9: every filter alters what is shown, and they combine', async () => {
    const visitor = await openLog(world, '?time_range=1h&follow=off');
    const { page } = visitor;
    await showsWhere('no filter', visitor, () => true);
    for (const [what, ask, keeps, said] of filters) {
        const count = rows.filter(keeps).length;
        assert.ok(count > 0 && count < rows.length, what);
        await ask(visitor);
        await showsWhere(what, visitor, keeps);
        assert.match(page.url(), said);
        await page.getByRole('button', { name: 'Clear filters' }).click();
        await showsWhere(`no filter after ${what}`, visitor, () => true);
    }
    const combined = ['two states', 'a client', 'a tool'].map((name) =>
        filters.find(([what]) => what === name));
    const kept = [];
    for (const [what, ask, keeps] of combined) {
        await ask(visitor);
        kept.push(keeps);
        const all = (row) => kept.every((each) => each(row));
        assert.ok(rows.some(all));
        await showsWhere(`${what} as well`, visitor, all);
    }
    await page.getByRole('button', { name: 'Remove: Tool' }).click();
    await showsWhere('two states and a client', visitor, (row) => kept[0](row) && kept[1](row));
    // The session of a call narrows the log, too; and a part of a name is enough in an address.
    const one = rows.find(({ session_id: id, tool_name: tool }) => id !== null && tool === 'fail');
    await rowAt(visitor, one).getByRole('button').first().click();
    await page.getByTestId('call-detail').getByRole('link', { name: one.session_id }).click();
    await showsWhere('a session', visitor, (row) => row.session_id === one.session_id);
    await page.goto(logs('?tool_name=EFU&follow=off'));
    await showsWhere('a part of a name', visitor, (row) => row.tool_name === 'refuse');
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

test('85-8: a range of one\'s own sends its start and end, in the time of the browser', async () => {
    const visitor = await world.open({ timezoneId: 'Asia/Seoul' });
    const { page } = visitor;
    const requests = listRequests(visitor);
    // Calls belong to the time of their end.
    const { times: { finished } } = rows.find((row) => row.status === 'timeout');
    const startMs = Math.floor(Date.parse(finished) / 1_000) * 1_000;
    const endMs = startMs + 1_000;
    const inSeoul = (ms) => new Date(ms + 9 * 3_600_000).toISOString().slice(0, 19);
    await page.goto(logs());
    await rowsOf(visitor).first().waitFor();
    await page.getByRole('button', { name: 'Last 30m' }).click();
    await page.getByLabel('From', { exact: true }).fill(inSeoul(endMs));
    await page.getByLabel('To', { exact: true }).fill(inSeoul(startMs));
    await page.getByText('This must be after the start.').waitFor();
    assert.equal(await page.getByRole('button', { name: 'Apply' }).isDisabled(), true);
    await page.getByLabel('From', { exact: true }).fill(inSeoul(startMs));
    await page.getByLabel('To', { exact: true }).fill(inSeoul(endMs));
    await page.getByRole('button', { name: 'Apply' }).click();
    const within = ({ times }) => Date.parse(times.finished) >= startMs
        && Date.parse(times.finished) < endMs;
    assert.ok(rows.some(within) && !rows.every(within));
    await showsWhere('the range', visitor, within);
    const own = requests.at(-1);
    assert.deepEqual([own.get('start_time'), own.get('end_time'), own.get('time_range')],
        [new Date(startMs).toISOString(), new Date(endMs).toISOString(), null]);
    // What ended gets no new calls.
    assert.equal(await page.getByRole('radio', { name: '30 s' }).isDisabled(), true);
    for (const range of ['15m', '1h', '6h', '24h', '7d']) {
        await page.getByRole('button', { name: /^Last | – / }).click();
        await page.getByRole('button', { name: range, exact: true }).click();
        await page.getByRole('button', { name: `Last ${range}` }).waitFor();
        await showsWhere(range, visitor, () => true);
        assert.equal(requests.at(-1).get('time_range'), range);
        assert.equal(requests.at(-1).has('start_time'), false);
    }
    assert.deepEqual(visitor.complaints, []);
    await visitor.close();
});

/** Of a colour: where it stands in the circle of hues, and how far from grey it is. */
function hueOf(colour) {
    const [red, green, blue] = colour.match(/[\d.]+/g).map((part) => Number(part) / 255);
    const most = Math.max(red, green, blue);
    const spread = most - Math.min(red, green, blue);
    const sixth = spread === 0 ? 0 : most === red ? ((green - blue) / spread + 6) % 6
        : most === green ? (blue - red) / spread + 2 : (red - green) / spread + 4;
    return { hue: sixth * 60, colourful: spread / most > 0.3 };
}

const tones = {
    success: ['Success', ({ hue, colourful }) => colourful && hue > 90 && hue < 170],
    error: ['Error', ({ hue, colourful }) => colourful && (hue > 340 || hue < 12)],
    timeout: ['Timeout', ({ hue, colourful }) => colourful && hue > 20 && hue < 45],
    cancelled: ['Cancelled', ({ colourful }) => !colourful],
};

for (const [colorScheme, width] of [['light', 1280], ['dark', 380]]) {
    test(`85-6: each state has its colour, and a word for it: ${colorScheme}, ${width} px`, async () => {
        const visitor = await openLog(world, '?time_range=1h&follow=off', { colorScheme, width });
        for (const [status, [word, isTone]] of Object.entries(tones)) {
            const row = rowAt(visitor, rows.find((each) => each.status === status));
            await row.getByText(word, { exact: true }).waitFor();
            const colour = await row.getByText(word, { exact: true })
                .evaluate((element) => getComputedStyle(element).color);
            assert.ok(isTone(hueOf(colour)), `${status}: ${colour}`);
            assert.match(await row.getAttribute('class'), new RegExp(status));
        }
        assert.equal(new Set(rows.map(({ status }) => status)).size, Object.keys(tones).length);
        assert.deepEqual(await visitor.barriers(), []);
        await visitor.close();
    });
}

test('85-7: a line tells what happened, and opened it tells all of the call', async () => {
    const visitor = await openLog(world, '?time_range=1h&follow=off');
    const { page } = visitor;
    const failed = rows.find((row) => row.error_code === 'INVALID_PARAMETERS');
    const line = rowAt(visitor, failed).getByRole('button').first();
    const told = await line.innerText();
    for (const part of [/\d\d:\d\d:\d\d\.\d{3}/, /Error/, /refuse/, /faulty/, /not like this/, /Cline/,
        /[\d.]+ (µs|ms|s)/]) {
        assert.match(told, part);
    }
    await line.click();
    const detail = page.getByTestId('call-detail');
    for (const part of [failed.error_code, 'JSON-RPC -32602', failed.error_message, failed.call_id,
        failed.session_id, failed.user_agent, failed.ip_address, 'Key laptop', 'HTTP of the server']) {
        await detail.getByText(part).first().waitFor();
    }
    await line.click();
    await detail.waitFor({ state: 'detached' });
    const good = rows.find((row) => row.input_data.arguments.nonce === 'epsilon');
    await rowAt(visitor, good).getByRole('button').first().click();
    for (const [name, part] of [['Arguments', 'epsilon'], ['Result', 'epsilon']]) {
        await detail.getByRole('group', { name }).getByText(part).first().waitFor();
    }
    await visitor.close();
});

test('85-15: every code of an error is explained in words', async () => {
    const visitor = await openLog(world, '?time_range=1h&follow=off');
    const { page } = visitor;
    const detail = page.getByTestId('call-detail');
    for (const [code, words] of Object.entries(errors)) {
        const row = rows.find((each) => each.error_code === code);
        assert.ok(row !== undefined, `no call failed with ${code}`);
        const line = rowAt(visitor, row).getByRole('button').first();
        await line.click();
        await detail.getByText(code, { exact: true }).waitFor();
        await detail.getByText(words, { exact: true }).waitFor();
        await line.click();
        await detail.waitFor({ state: 'detached' });
    }
    assert.deepEqual(new Set(rows.map((row) => row.error_code).filter(Boolean)),
        new Set(Object.keys(errors)));
    await visitor.close();
});

test('an address, a saved view and a download give what was on the page', async () => {
    const visitor = await openLog(world, '?time_range=1h');
    const { page } = visitor;
    await page.getByRole('radiogroup', { name: 'New calls' }).getByText('Off').click();
    await choose(visitor, 'Status', 'Error');
    await choose(visitor, 'Status', 'Cancelled');
    await choose(visitor, 'Server', 'faulty');
    await choose(visitor, 'Client', 'cline');
    await page.getByLabel('Duration: to').fill('50000');
    await page.keyboard.press('Enter');
    await page.getByRole('textbox', { name: /^Search/ }).fill('e');
    // It settles a moment after the last key, and what is open closes with another question.
    await page.waitForURL(/search_text=e/);
    const keeps = (row) => ['error', 'cancelled'].includes(row.status) && row.server_name === 'faulty'
        && row.client_type === 'cline';
    await showsWhere('all filters', visitor, keeps);
    for (const row of rows.filter(keeps).slice(1, 3)) {
        await rowAt(visitor, row).getByRole('button').first().click();
    }
    await eventually('two rows that are open', async () =>
        await page.getByTestId('call-detail').count() === 2);
    const state = await stateOf(visitor);
    assert.deepEqual([state.open.length, state.chosen.length, state.durations, state.search,
        state.range, state.follow], [2, 4, ['', '50000'], 'e', 'Last 1h', ['off']]);

    const other = await world.open();
    await other.page.goto(page.url());
    await eventually('what the address says', async () =>
        await other.page.getByTestId('call-detail').count() === 2);
    await other.page.waitForLoadState('networkidle');
    assert.deepEqual(await stateOf(other), state);

    for (const [name, idsOf] of [['JSON lines', (lines) => lines.map((line) => JSON.parse(line).id)],
        ['CSV', (lines) => lines.slice(1).map((line) => line.split(',')[0])]]) {
        await page.getByRole('button', { name: 'Export' }).click();
        const [download] = await Promise.all([page.waitForEvent('download'),
            page.getByRole('menuitem', { name }).click()]);
        const lines = (await readFile(await download.path(), 'utf8')).trim().split(/\r?\n/);
        assert.deepEqual(idsOf(lines).sort(), rows.filter(keeps).map(({ id }) => id).sort(), name);
    }

    await page.getByRole('button', { name: 'Saved views' }).click();
    await page.getByLabel('Save this query as').fill('what went wrong');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: /^what went wrong/ }).waitFor();
    await other.page.goto(logs('?follow=off&tool_name=echo'));
    await other.page.getByRole('button', { name: 'Saved views' }).click();
    await other.page.getByRole('button', { name: /^what went wrong/ }).click();
    await showsWhere('the view', other, keeps);
    // A view does not keep what was read, and whether new calls come; its address is a link to it.
    const viewed = { ...state, open: [], follow: ['30s'] };
    assert.deepEqual(await stateOf(other), viewed);
    await other.page.reload();
    await showsWhere('the address of the view', other, keeps);
    assert.deepEqual(await stateOf(other), viewed);
    await other.page.getByRole('button', { name: 'Saved views' }).click();
    await other.page.getByRole('button', { name: 'Delete the view what went wrong' }).click();
    await other.page.getByText('No saved view yet.').waitFor();
    assert.deepEqual((await world.ada.get('/api/projects/default/log-views')).json, []);
    assert.deepEqual([...visitor.complaints, ...other.complaints], []);
    await visitor.close();
    await other.close();
});

/** A length of time as the pages say it. */
const inWords = (seconds) => seconds >= 1 ? `${seconds.toFixed(2)} s`
    : seconds >= 0.1 ? `${Math.round(seconds * 1_000)} ms`
        : seconds >= 0.001 ? `${(seconds * 1_000).toFixed(1)} ms` : `${Math.round(seconds * 1e6)} µs`;

test('85-12: each number of the metrics page is the one of the API', async () => {
    const visitor = await world.open();
    const { page } = visitor;
    await visitor.visit('/projects/default/metrics?time_range=1h');
    const metrics = await log.metrics(world.orchestrator, { time_range: '1h' });
    const lines = (await page.locator('main').innerText()).split('\n')
        .map((line) => line.trim()).filter((line) => line !== '');
    const after = (name) => lines[lines.indexOf(name) + 1];
    assert.deepEqual(['Calls', 'Mean', 'Median', 'p95 latency', 'Tools used', 'Sessions'].map(after),
        [`${rows.length}`, inWords(metrics.average_execution_time),
            inWords(metrics.median_execution_time), inWords(metrics.p95_execution_time),
            `${metrics.unique_tools}`, `${metrics.unique_sessions}`]);
    assert.equal(metrics.total_calls, rows.length);
    assert.ok(lines.includes(`${metrics.success_rate.toFixed(1)} %`));
    const failures = rows.filter((row) => row.error_code).length;
    for (const code of Object.keys(errors)) {
        const count = rows.filter((row) => row.error_code === code).length;
        assert.equal(after(code), `${count} ${(count / failures * 100).toFixed(1)} %`, code);
    }
    await page.getByRole('link', { name: 'TOOL_ERROR' }).click();
    await page.waitForURL(/logs\?.*error_code=TOOL_ERROR/);
    await showsWhere('the error', visitor, (row) => row.error_code === 'TOOL_ERROR');
    await visitor.close();
});
