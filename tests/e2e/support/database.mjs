// SQL on the orchestrator's private PostgreSQL, for rows that no request can make.

import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { guardMs, within } from './deadline.mjs';

/** Of the files in the data directory of the cluster: `postmaster.pid` names the socket in line 5. */
const socketLine = 4;

/** Runs `sql` in `database` as the account of the server, which peer authentication asks for;
 * rows as arrays of texts. The first error fails all of it. */
export async function query(orchestrator, sql, database = 'postgres') {
    const cluster = join(orchestrator.dataDir, 'postgres', 'data');
    const host = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[socketLine];
    const { uid, gid } = statSync(cluster);
    const identity = process.getuid() === 0 ? { uid, gid } : {};
    const child = spawn('psql', ['--no-psqlrc', '--quiet', '--tuples-only', '--no-align',
        '--field-separator=\t', '--set=ON_ERROR_STOP=1', `--host=${host}`, '--port=5432',
        `--dbname=${database}`], { ...identity, cwd: '/', stdio: ['pipe', 'pipe', 'pipe'],
        env: { PATH: process.env.PATH } });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => { stdout += chunk; });
    child.stderr.on('data', (chunk) => { stderr += chunk; });
    child.stdin.end(sql);
    const code = await within('psql', new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
    }), 4 * guardMs);
    if (code !== 0) {
        throw new Error(`psql: exit code ${code}: ${stderr}`);
    }
    return stdout.split('\n').filter((line) => line !== '').map((line) => line.split('\t'));
}

/** The libpq URL of another database of the same cluster, as the orchestrator reaches it. */
export function urlOf(orchestrator, database) {
    const cluster = join(orchestrator.dataDir, 'postgres', 'data');
    const host = readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n')[socketLine];
    return `postgresql:///${database}?host=${encodeURIComponent(host)}&port=5432`;
}

/** A value of a statement. */
export const literal = (value) => value === null || value === undefined ? 'NULL'
    : `'${String(value).replaceAll("'", "''")}'`;
