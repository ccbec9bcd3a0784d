import { admin } from './admin';
import { people } from './people';
import { project } from './project';
import { logs } from './logs';
import { server } from './server';
import { shell } from './shell';
import { teams } from './teams';

export const en = { ...shell, ...project, ...logs, ...server, ...people, ...admin, ...teams } as const;
