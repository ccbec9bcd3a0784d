import type { en } from '../en';
import type { Translated } from '../translated';
import { admin } from './admin';
import { people } from './people';
import { project } from './project';
import { logs } from './logs';
import { server } from './server';
import { shell } from './shell';
import { teams } from './teams';

/** The type refuses a text that is missing or that English does not have. */
export const ko: Translated<typeof en> = { ...shell, ...project, ...logs, ...server, ...people, ...admin, ...teams };
