export const admin = {
    admin: {
        title: 'Administration', system: 'System', users: 'People', scheduler: 'Scheduler', teams: 'Teams',
        ofThemAdmins_one: '{{count}} administrator', ofThemAdmins_other: '{{count}} administrators', online: '{{count}} online',
        liveSessions: 'Live sessions', health: 'Health', good: 'good', bad: 'failing', spool: 'Waiting in the spool',
        storage: 'Storage', kind: 'What', keptFor: 'Kept for', size: 'Size', oldest: 'Oldest',
        searchUsers: 'Search people', newUser: 'New account', noUser: 'Nobody matches “{{search}}”', lastSignIn: 'Last sign-in',
        active: 'Active', notChanged: 'The account of {{name}} was not changed', isAdmin: '{{name}} is an administrator',
        isActive: 'The account of {{name}} is active', created: '{{name}} has an account now.',
        schedulerHint: 'Checks all enabled servers from time to time', checking: 'Checking…', running: 'Running', stopped: 'Stopped',
        lastRun: 'Last run', nextRun: 'Next run', skipped: 'Skipped runs', stop: 'Stop', start: 'Start', runNow: 'Run now',
        interval: 'Check every', workers: 'Servers at a time', history: 'Runs', noRuns: 'It did not run yet.', trigger: 'Begun by',
        result: 'Result', checked: 'Checked', failures: 'Failed',
    },
} as const;
