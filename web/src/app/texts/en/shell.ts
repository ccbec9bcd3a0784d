export const shell = {
    action: {
        retry: 'Try again', close: 'Close', cancel: 'Cancel', save: 'Save', copied: 'Copied', copy: 'Copy',
        delete: 'Delete', edit: 'Edit', remove: 'Remove', more: 'Show more', refresh: 'Refresh',
        done: 'Done', download: 'Download',
    },
    failure: { title: 'That did not work', unreachable: 'The server cannot be reached' },
    form: {
        needed: 'This is needed.', email: 'Enter an e-mail address.', emailLabel: 'E-mail', password: 'Password',
        passwordAgain: 'The same again', passwordShort: 'Take at least 8 characters.',
        passwordsDiffer: 'The two are not the same.', between: 'A number from {{least}} to {{most}}.', name: 'Name', description: 'Description',
    },
    shell: {
        palette: 'Go to…', paletteHint: 'Pages, projects, teams, servers', nothingFound: 'Nothing found', pages: 'Pages',
        skip: 'Skip to content', loading: 'Loading', language: 'Language', toLight: 'Switch to light colours',
        toDark: 'Switch to dark colours', account: 'Account of {{name}}', profile: 'Profile', signOut: 'Sign out',
        signOutFailed: 'You are still signed in', favouriteNamed: 'Favourite: {{name}}',
        makeFavourite: 'Make it a favourite', noFavourite: 'No favourite any more', favouriteFailed: 'The favourite was not changed',
        favourite: 'Favourite', switchProject: 'Project {{name}}; switch', areas: 'Areas',
    },
    signIn: {
        title: 'Sign in to mcp-orch', detail: 'Run, watch and understand your MCP servers.', submit: 'Sign in',
        failed: 'You are not signed in', toSignUp: 'Create an account', noAccountYet: 'Nobody has an account yet',
        whereSetUp: 'The first one is made with the set-up link. mcp-orch prints it when it starts; look in its output or its log for this:',
    },
    signUp: {
        title: 'Create an account', detail: 'With it you join projects and teams that invite you.', submit: 'Create account',
        failed: 'The account was not made', toSignIn: 'Sign in',
        closed: 'Accounts are made by an administrator here', closedHint: 'Ask one for an account.',
    },
    setUp: {
        title: 'Make the first account', detail: 'It will be an administrator.', token: 'Set-up token',
        tokenHint: 'The link that mcp-orch logs at its start holds it.', submit: 'Create account',
        failed: 'The account was not made', once: 'This works once, while there is no account.',
    },
    notFound: {
        title: 'There is nothing here', back: 'Back to the projects',
        detail: 'The address may be wrong, or you may not have access to what it names.',
    },
    profile: {
        account: 'Account', saved: 'Your name was saved.', current: 'Current password', new: 'New password',
        change: 'Change password', passwordChanged: 'Your password was changed.',
    },
    role: { owner: 'Owner', developer: 'Developer', reporter: 'Reporter', administrator: 'Administrator' },
    projects: {
        title: 'Projects', search: 'Search projects', new: 'New project', all: 'All projects',
        failed: 'The projects could not be loaded', none: 'No project yet',
        noneHint: 'A project holds MCP servers, the people who use them, and keys for their clients.',
        noMatch: 'No project matches “{{search}}”', noDescription: 'No description',
        servers_one: '{{count}} server', servers_other: '{{count}} servers',
        members_one: '{{count}} member', members_other: '{{count}} members',
        displayName: 'Name', name: 'Name in addresses', nameHint: 'Clients have it in their URLs.',
        nameRule: 'Small letters, digits and hyphens, 63 at most.', create: 'Create project',
        createFailed: 'The project was not made',
    },
} as const;
