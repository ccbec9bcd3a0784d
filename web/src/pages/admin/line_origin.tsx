import { Anchor } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ServerLogLine } from '@/api/types';

/** The server of a line, as a way to its own log; it may be gone. */
export function lineOrigin({ project_name, server_name, server_id }: ServerLogLine) {
    if (project_name === null || server_name === null) {
        return server_name ?? server_id.slice(0, 8);
    }
    return (
        <Anchor fz="inherit" ff="inherit" title={`${project_name} / ${server_name}`} renderRoot={(props) => (
            <Link to="/projects/$project/servers/$server" params={{ project: project_name, server: server_name }} search={{ tab: 'log' }} {...props} />
        )}>{project_name}/{server_name}</Anchor>
    );
}
