// Every page of the dashboard, and what is done on it before its picture is taken.

import { eventually } from '../support/deadline.mjs';
import { project } from './company.mjs';

const of = (page) => `/projects/${project}/${page}`;

/** What somebody does by pressing buttons of these names, one after the other. */
const press = (...names) => async ({ page }) => {
    for (const name of names) {
        await page.getByRole('button', { name, exact: true }).first().click();
    }
};

const shows = (text) => async ({ page }) => { await page.getByText(text).first().waitFor(); };

const both = (...acts) => async (visitor) => {
    for (const act of acts) {
        await act(visitor);
    }
};

const tab = (name) => async ({ page }) => { await page.getByRole('tab', { name }).click(); };

const openRow = async ({ page }) => {
    await page.getByTestId('calls').getByRole('button', { expanded: false }).nth(1).click();
    await page.getByTestId('call-detail').getByText('Timing').waitFor();
    // The last thing that comes are the names of callers.
    await page.waitForLoadState('networkidle');
};

const clientConfiguration = JSON.stringify({ mcpServers: {
    github: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-github'] },
    memory: { command: 'npx', args: ['-y', '@modelcontextprotocol/server-memory'] },
    'two words': { url: 'https://mcp.example.com/mcp', type: 'http' },
    empty: {} } }, null, 2);

const paste = async ({ page }) => {
    await page.getByRole('button', { name: 'Add server' }).first().click();
    await page.getByRole('textbox', { name: 'Configuration' }).fill(clientConfiguration);
    await page.getByRole('button', { name: 'Preview' }).click();
    await page.getByText('Not possible').waitFor();
};

const fill = async ({ page }) => {
    await page.getByRole('button', { name: 'Add server' }).first().click();
    await page.getByText('Fill in a form').click();
    const form = page.getByRole('dialog');
    await form.getByLabel('Name').first().fill('github');
    await form.getByLabel('Command').fill('npx');
    await form.getByLabel('Arguments').fill('-y\n@modelcontextprotocol/server-github');
};

let keysMade = 0;
const makeKey = async ({ page }) => {
    await page.getByRole('button', { name: 'Create key' }).first().click();
    await page.getByRole('dialog').getByLabel('Name').fill(`Laptop ${keysMade += 1}`);
    await page.getByRole('dialog').getByRole('button', { name: /create/i }).click();
    await eventually('the key', async () =>
        /mch_[A-Za-z0-9]{48}/.test(await page.locator('body').innerText()));
};

const runTool = async ({ page }) => {
    await page.getByRole('button', { name: 'Try it: get_order' }).click();
    const drawer = page.getByRole('dialog');
    await drawer.locator('form input').first().fill('1042');
    await drawer.getByRole('button', { name: 'Run', exact: true }).click();
    await drawer.getByText('In the log').or(drawer.getByText('Show in the log')).first().waitFor();
};

const palette = async ({ page }) => {
    await page.keyboard.press('Control+k');
    await page.getByRole('combobox', { name: 'Go to…' }).fill('s');
    await page.getByRole('option').first().waitFor();
};

/**
 * name       of the file
 * at         the address; a function of the world where it depends on that
 * do         what happens before the picture
 * who        `nobody` is not signed in; everybody else is Ada, an administrator
 * before     `accounts`: of an orchestrator that has none yet
 * narrow     also as a telephone shows it
 * whole      the whole page and not what fits into the window
 * shown      the README shows it, too
 */
export const pages = [
    { name: 'set-up', at: ({ setUpToken }) => `/setup#token=${setUpToken}`, who: 'nobody', before: 'accounts', narrow: true },
    { name: 'sign-in', at: '/signin', who: 'nobody', narrow: true },
    { name: 'sign-in-refused', at: '/signin', who: 'nobody', do: async ({ page }) => {
        await page.getByLabel('E-mail').fill('ada@example.org');
        await page.getByLabel('Password', { exact: true }).fill('a guess');
        await page.getByRole('button', { name: 'Sign in' }).click();
        await page.getByRole('alert').waitFor();
    }, refused: true },
    { name: 'sign-up', at: '/signup', who: 'nobody', narrow: true },

    { name: 'projects', at: '/projects', narrow: true },
    { name: 'projects-new', at: '/projects', do: press('New project') },
    { name: 'palette', at: of('overview'), do: palette },

    { name: 'overview', at: of('overview'), narrow: true, whole: true, shown: true },
    { name: 'servers', at: of('servers'), narrow: true, whole: true, shown: true },
    { name: 'servers-add-form', at: of('servers'), do: fill },
    { name: 'servers-add-paste', at: of('servers'), do: paste },
    { name: 'server-tools', at: of('servers/shop'), narrow: true, whole: true },
    { name: 'server-definition', at: of('servers/memory?tab=definition'), whole: true },
    { name: 'server-process', at: of('servers/shop?tab=process'), whole: true },
    { name: 'server-sessions', at: of('servers/shop?tab=sessions') },
    { name: 'server-log', at: of('servers/shop?tab=log'), narrow: true, whole: true },
    { name: 'server-failing', at: of('servers/warehouse'), whole: true },
    { name: 'server-tool-run', at: of('servers/shop'), do: runTool, narrow: true },
    { name: 'tools', at: of('tools'), narrow: true },
    { name: 'logs', at: of('logs?time_range=24h'), narrow: true },
    { name: 'logs-row', at: of('logs?time_range=1h&follow=off'), do: openRow, narrow: true, shown: true },
    { name: 'logs-failures', at: of('logs?time_range=24h&status=error&status=timeout&follow=off'), do: openRow },
    { name: 'metrics', at: of('metrics?time_range=24h'), narrow: true, whole: true, shown: true },
    { name: 'sessions', at: of('sessions'), narrow: true, whole: true },
    { name: 'sessions-past', at: of('sessions'), do: async ({ page }) => {
        await page.getByText('Ended', { exact: true }).first().click();
        await page.waitForLoadState('networkidle');
    }, whole: true },
    { name: 'members', at: of('members'), narrow: true, whole: true },
    { name: 'members-invite', at: of('members'), do: press('Invite') },
    { name: 'keys', at: of('keys'), narrow: true, whole: true },
    { name: 'keys-new', at: of('keys'), do: press('Create key') },
    { name: 'keys-made', at: of('keys'), do: makeKey, narrow: true },
    { name: 'activity', at: of('activity'), narrow: true, whole: true },
    { name: 'settings', at: of('settings'), narrow: true, whole: true },

    { name: 'empty-overview', at: '/projects/research/overview', whole: true },
    { name: 'empty-servers', at: '/projects/research/servers' },
    { name: 'empty-logs', at: '/projects/research/logs' },
    { name: 'empty-metrics', at: '/projects/research/metrics' },
    { name: 'empty-sessions', at: '/projects/research/sessions' },
    { name: 'empty-keys', at: '/projects/research/keys' },
    { name: 'not-found', at: '/projects/nobody/servers', missing: true },

    { name: 'teams', at: '/teams', narrow: true, whole: true },
    ...['overview', 'projects', 'members', 'activity', 'settings'].map((page) => (
        { name: `team-${page}`, at: `/teams/platform/${page}`, narrow: true, whole: true })),
    { name: 'profile', at: '/profile', narrow: true, whole: true },

    { name: 'admin-system', at: '/admin/system', narrow: true, whole: true },
    { name: 'admin-users', at: '/admin/users', narrow: true, whole: true },
    { name: 'admin-teams', at: '/admin/teams', whole: true },
    { name: 'admin-projects', at: '/admin/projects', whole: true },
    { name: 'admin-keys', at: '/admin/keys', whole: true },
    { name: 'admin-logs', at: '/admin/logs', whole: true },
    { name: 'admin-scheduler', at: '/admin/scheduler', narrow: true, whole: true },
];
