import type { NewServer, Server } from '@/api/types';

/** A server as the form shows it: lists and maps are lines of text. */
export interface ServerFields {
    name: string;
    description: string;
    transport: string;
    command: string;
    args: string;
    env: string;
    cwd: string;
    url: string;
    headers: string;
    timeout: number;
    policy: string;
}

export const emptyFields: ServerFields = {
    name: '', description: '', transport: 'stdio', command: '', args: '', env: '', cwd: '', url: '',
    headers: '', timeout: 60, policy: 'auto',
};

/** Values of variables and headers stay secret: they are not shown, and kept when not retyped. */
export const fieldsOf = (server: Server): ServerFields => ({
    ...emptyFields,
    name: server.name, description: server.description, transport: server.transport_type,
    command: server.command, args: server.args.join('\n'), cwd: server.cwd, url: server.url,
    timeout: server.timeout, policy: server.process_policy,
});

const lines = (text: string): string[] => text.split('\n').filter((line) => line !== '');

export function pairs(text: string): Record<string, string> {
    return Object.fromEntries(lines(text).map((line) => {
        const end = line.indexOf('=');
        return end < 0 ? [line.trim(), ''] : [line.slice(0, end).trim(), line.slice(end + 1)];
    }));
}

/** What a request says; a change names only what differs, so that it needs no more rights. */
export function definitionOf(fields: ServerFields, before?: Server): NewServer {
    const isStdio = fields.transport === 'stdio';
    const whole: NewServer = {
        name: fields.name, description: fields.description, transport_type: fields.transport,
        timeout: fields.timeout, process_policy: fields.policy,
        ...(isStdio
            ? { command: fields.command.trim(), args: lines(fields.args), cwd: fields.cwd.trim() }
            : { url: fields.url.trim() }),
    };
    const changed = before === undefined ? whole : Object.fromEntries(
        Object.entries(whole).filter(([name, value]) =>
            JSON.stringify(value) !== JSON.stringify(before[name as keyof Server]))) as NewServer;
    const env = pairs(fields.env);
    const headers = pairs(fields.headers);
    return {
        ...changed,
        ...(isStdio && Object.keys(env).length > 0 ? { env } : {}),
        ...(!isStdio && Object.keys(headers).length > 0 ? { headers } : {}),
    };
}
