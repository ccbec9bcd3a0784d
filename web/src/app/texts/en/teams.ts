export const teams = {
    teams: {
        title: 'Teams', tabs: 'Pages of the team', search: 'Search teams', new: 'New team', create: 'Create team',
        failed: 'The teams could not be loaded', none: 'No team yet', createFailed: 'The team was not made',
        noneHint: 'A team is a group of people who come to projects together. Make one, or ask to be invited.',
        noMatch: 'No team matches “{{search}}”', about: 'About', yourRole: 'Your role', made: 'Created', changed: 'Changed',
        all: 'View all', more: '{{count}} more', project: 'Project', noProjects: 'The team is in no project of yours',
        noProjectsHint: 'Owners of a project invite the team on the project’s page Members.',
        noActivity: 'Changes to the team will be told here.', noMembersHint: 'Invite the people who work together.',
        slugHint: 'It stays when the team is renamed.', leave: 'Leave team', leaveHint: 'You lose access to the team; in projects you stay what you are.',
        delete: 'Delete team', deleteHint: 'Deletes the team. Its people keep their accounts.', notDeleted: 'The team was not deleted',
        deleteDetail: 'The team and its memberships go. This cannot be taken back.',
        removeDetail: 'They lose access to the team; in projects they stay what they are.',
        takeOutOf: 'Take the team out of {{project}}', takeOutTitle: 'Take {{team}} out of {{project}}?',
        takeOutDetail: 'Everybody who came to the project with the team loses access at once.', notTakenOut: 'The team is still in the project',
    },
} as const;
