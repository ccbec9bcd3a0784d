export const server = {
    server: {
        failed: 'The server could not be loaded', tools: 'Tools', definition: 'Definition', process: 'Process', log: 'Log',
        enabled: 'Enabled', restart: 'Restart', restarted: '{{name}} was restarted.', lastError: 'It failed the last time',
        switchFailed: 'The tools were not switched', toolsFailed: 'The tools could not be loaded', noTools: 'No tools are known',
        noToolsHint: 'Refresh the server to ask it which tools it has.', searchTools: 'Search tools',
        offered: '{{enabled}} of {{total}} offered to clients', allOn: 'All on', allOff: 'All off',
        noToolMatches: 'No tool matches “{{search}}”', try: 'Try it', tryNamed: 'Try it: {{name}}', offerNamed: 'Offer {{name}} to clients',
        hint: { readOnly: 'reads only', destructive: 'may destroy' }, toolOff: 'This tool is off: clients neither see nor call it.',
        inLog: 'Show in the log', argumentsAs: 'Arguments as', form: 'Form', noArguments: 'This tool takes no arguments.',
        access: 'Access', withKey: 'with a key', withoutKey: 'without a key', lastConnected: 'Last connected',
        processFailed: 'The process could not be loaded', says: 'It calls itself {{name}} {{version}} and speaks MCP {{protocol}}.',
        timeline: 'Starts and ends', noTimeline: 'It was not started yet; the next call or refresh starts it.',
        uptime: 'Uptime', memory: 'Memory', starts: 'Starts', restarts: 'Restarts', lastExit: 'Last exit',
        searchLog: 'Search the log', level: { debug: 'Debug', info: 'Info', warning: 'Warning', error: 'Error' },
        logFailed: 'The log could not be loaded', logLive: 'Live: new lines come on top.', noLog: 'Nothing was logged',
        noLogHint: 'Starts, results of refreshes and what the server writes to stderr come here.', older: 'Older lines',
    },
} as const;
