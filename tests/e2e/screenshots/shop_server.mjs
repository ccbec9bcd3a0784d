// The MCP server of a shop, with the moods of a real one: answers take their time, some cards are
// refused, and a report over a whole year never ends.

import { setTimeout as delay } from 'node:timers/promises';
import { noAnswer, RpcError, serve } from '../servers/stdio_peer.mjs';

const text = (value) => ({ content: [{ type: 'text',
    text: typeof value === 'string' ? value : JSON.stringify(value, null, 2) }] });
const failed = (words) => ({ ...text(words), isError: true });

const orderOf = (number) => ({ order: number, customer: `C-${1000 + number % 211}`,
    placed: '2026-11-12', total: { amount: (number * 37) % 900 + 19.9, currency: 'EUR' },
    status: ['paid', 'packed', 'shipped', 'returned'][number % 4],
    lines: [{ sku: `LAMP-${number % 9}`, quantity: 1 + number % 3 }] });

const property = (type, description, more = {}) => ({ type, description, ...more });

/** Name → [description, arguments, hints, milliseconds of work, what it does]. */
const tools = {
    find_orders: ['Finds orders by customer, status and time.', {
        customer: property('string', 'Number of the customer, such as C-1042'),
        status: property('string', 'Only orders in this state',
            { enum: ['paid', 'packed', 'shipped', 'returned'] }),
        limit: property('integer', 'How many at most', { minimum: 1, maximum: 50, default: 5 }),
    }, { readOnlyHint: true }, 60, ({ limit = 5, customer = 'C-1000' }) => text(
        Array.from({ length: limit }, (_, at) => orderOf(Number(customer.slice(2)) + at * 211)))],
    get_order: ['One order with its lines.', { order: property('integer', 'Number of the order') },
        { readOnlyHint: true }, 25, ({ order }) => (order % 29 === 0
            ? failed(`There is no order ${order}.`) : text(orderOf(order)))],
    stock_level: ['How many of an article are in each warehouse.', {
        sku: property('string', 'Article number, such as LAMP-4') }, { readOnlyHint: true }, 12,
    ({ sku }) => text({ sku, berlin: 12, lyon: 7, seoul: 31 })],
    refund_order: ['Pays an order back, wholly or in part.', {
        order: property('integer', 'Number of the order'),
        amount: property('number', 'How much; all of it when nothing is said'),
        reason: property('string', 'What the customer reads') }, { destructiveHint: true }, 180,
    ({ order }) => (order % 7 === 0 ? failed('The card issuer refused the refund (code 51).')
        : text({ order, refunded: true, reference: `RF-${order * 7919}` }))],
    send_message: ['Writes to a customer.', { customer: property('string', 'Number of the customer'),
        subject: property('string', 'Subject'), body: property('string', 'Text') }, {}, 90,
    ({ customer }) => (customer === undefined
        ? Promise.reject(new RpcError(-32602, 'customer: this is needed'))
        : text({ delivered: true }))],
    sales_report: ['Sums up the sales of a month.', {
        month: property('string', 'YYYY-MM, or YYYY for a year') }, { readOnlyHint: true }, 320,
    ({ month }) => (month.length === 4 ? noAnswer
        : text({ month, orders: 8412, revenue: { amount: 512394.2, currency: 'EUR' } }))],
    import_catalogue: ['Reads the catalogue of a supplier.', {
        supplier: property('string', 'Name of the supplier') }, {}, 30, () => {
        process.stderr.write('catalogue: out of memory while reading page 212\n');
        process.exit(137);
    }],
};

let calls = 0;
/** Work of the same kind takes about as long, and now and then much longer. */
const stretch = () => {
    calls += 1;
    return 0.4 + (calls * 0.618) % 1 + (calls % 40 === 0 ? 6 : 0);
};

process.stderr.write('shop: connected to the stock of 3 warehouses\n');
serve({
    requests: {
        initialize: ({ protocolVersion }) => ({ protocolVersion, capabilities: { tools: {} },
            serverInfo: { name: 'shop-tools', version: '4.2.0' } }),
        ping: () => ({}),
        'tools/list': () => ({ tools: Object.entries(tools).map(
            ([name, [description, properties, annotations]]) => ({ name, description, annotations,
                inputSchema: { type: 'object', properties,
                    required: Object.keys(properties).slice(0, 1) } })) }),
        'tools/call': async ({ name, arguments: given = {} }) => {
            const tool = tools[name];
            if (tool === undefined) {
                throw new RpcError(-32602, `Unknown tool: ${name}`);
            }
            await delay(tool[3] * stretch());
            return tool[4](given);
        },
    },
});
