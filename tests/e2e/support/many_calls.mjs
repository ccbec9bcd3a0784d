// A log of 100,000 calls that no server has: its pages are answered in the browser, so that the
// list is measured and not the way to it.

export const rowsLoaded = 100_000;

/** More than is asked for at a time, for loading them is not what is looked at. */
const pageRows = 2_000;
const lineHeight = 34;
const id = (number) => `01a22bc8-0000-7000-8000-${String(number).padStart(12, '0')}`;

/** The call of that number, from 1 on; later ones have larger numbers. */
export const call = (number) => ({
    id: id(number), call_id: id(number),
    timestamp: new Date(Date.now() - (rowsLoaded - number) * 20).toISOString(),
    status: number % 11 === 0 ? 'error' : 'success', server_name: 'memory',
    tool_name: `tool_${number % 17}`, client_name: 'Cursor', client_type: 'cursor',
    duration_ms: number % 900, error_message: null, error_code: null, principal: 'anonymous',
    principal_name: null, input_data: { arguments: null, size: 16 },
    output_data: { result: null, metadata: { response_size: 80 } },
});

/** Answers what a tab asks the log for. */
function answerPages(page) {
    return page.route((address) => address.pathname === '/api/tool-call-logs', (route) => {
        const query = new URL(route.request().url()).searchParams;
        const from = Number(query.get('cursor') ?? rowsLoaded);
        const logs = Array.from({ length: Math.min(pageRows, from) },
            (_, at) => call(from - at));
        const left = from - logs.length;
        return route.fulfill({ json: { logs, next_cursor: left > 0 ? String(left) : null,
            total_count: rowsLoaded, has_more_than_total: false, live_from: id(rowsLoaded),
            page: 1, page_size: logs.length, has_next: left > 0, has_prev: false } });
    });
}

/** Opens the log explorer of `visitor` and scrolls on until every call is there. */
export async function loadAll({ page }) {
    await answerPages(page);
    await page.goto('/projects/default/logs?follow=off');
    await page.getByTestId('calls').getByRole('listitem').first().waitFor();
    await page.evaluate(async (wanted) => {
        const list = document.querySelector('[data-testid=calls]');
        while (list.scrollHeight < wanted) {
            list.scrollTop = list.scrollHeight;
            await new Promise((resolve) => { requestAnimationFrame(resolve); });
        }
    }, rowsLoaded * lineHeight);
}
