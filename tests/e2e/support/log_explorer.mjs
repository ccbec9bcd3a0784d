// The log explorer as people see it: its rows, and calls that can be told apart in it.

import { eventually } from './deadline.mjs';

export const logs = (query = '') => `/projects/default/logs${query}`;

export const listOf = ({ page }) => page.getByTestId('calls');
export const rowsOf = (visitor) => listOf(visitor).getByRole('listitem');

/** The times of the rows that are rendered, newest first: no two calls share one. */
export const timesOf = (visitor) => rowsOf(visitor).locator('time').evaluateAll((times) =>
    times.map((time) => time.dateTime).sort().reverse());

export const numbersOf = async (visitor) => (await rowsOf(visitor).allInnerTexts())
    .map((text) => /number \d+/.exec(text)?.[0]).filter((number) => number !== undefined);

/** A tab of `world` with the log in it. */
export async function openLog(world, query, options) {
    const visitor = await world.open(options);
    await visitor.page.goto(logs(query));
    await rowsOf(visitor).first().waitFor();
    return visitor;
}

/** The first row that is wholly in sight, and how far from the top it stands. */
export const firstInSight = (visitor) => listOf(visitor).evaluate((list) => {
    const top = list.getBoundingClientRect().top;
    const row = [...list.querySelectorAll('[role=listitem]')]
        .find((each) => each.getBoundingClientRect().top >= top + 40);
    return { text: row.innerText, from: Math.round(row.getBoundingClientRect().top - top) };
});

/** What the page asks for of the list of calls, as the queries of its requests. */
export function listRequests({ page }) {
    const queries = [];
    page.on('request', (request) => {
        const { pathname, searchParams } = new URL(request.url());
        if (pathname === '/api/tool-call-logs') {
            queries.push(searchParams);
        }
    });
    return queries;
}

/** Calls with numbers as their nonces, so that each row can be told from the others. */
export class NumberedCalls {
    made = 0;

    constructor(world) {
        this.world = world;
    }

    async make(count) {
        for (let left = count; left > 0; left -= 10) {
            await Promise.all([...Array(Math.min(left, 10))].map(() =>
                this.world.call('faulty', 'echo', { nonce: this.#next() })));
        }
    }

    #next() {
        this.made += 1;
        return this.last;
    }

    get last() {
        return `number ${String(this.made).padStart(5, '0')}`;
    }

    /** Waits until the log holds `count` calls. */
    stored(count) {
        return eventually(`${count} rows`, async () => (await this.world.ada.get(
            '/api/tool-call-logs?project_id=default&time_range=24h&page_size=1'))
            .json.total_count === count);
    }
}
