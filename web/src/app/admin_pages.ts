/** The pages of administrators in the order of their tabs, with the texts that name them. */
export const adminPages = [
    { to: '/admin/system', text: 'admin.system' },
    { to: '/admin/users', text: 'admin.users' },
    { to: '/admin/projects', text: 'projects.title' },
    { to: '/admin/teams', text: 'admin.teams' },
    { to: '/admin/keys', text: 'tabs.keys' },
    { to: '/admin/logs', text: 'admin.logs' },
    { to: '/admin/scheduler', text: 'admin.scheduler' },
] as const;
