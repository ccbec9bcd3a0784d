import type { Server } from '@/api/types';

type Launch = Pick<Server, 'transport_type' | 'command' | 'args' | 'url'>;

/** The command line that a server runs, or the address where it is. */
export const launchWords = ({ transport_type, command, args, url }: Launch): string =>
    (transport_type === 'stdio' ? [command, ...args].join(' ') : url);
