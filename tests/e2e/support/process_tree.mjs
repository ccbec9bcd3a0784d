// Processes as /proc shows them.

import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { eventually } from './deadline.mjs';

/** One process: pid, parent, start time (so that a reused pid is not mistaken), command line. */
function read(pid) {
    try {
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        const cmdline = readFileSync(`/proc/${pid}/cmdline`, 'latin1').split('\0').slice(0, -1);
        return { pid: Number(pid), state: fields[0], parent: Number(fields[1]),
            started: fields[19], cmdline };
    } catch {
        return undefined;
    }
}

/** Every process that is not a zombie. */
export function processes() {
    return readdirSync('/proc')
        .filter((name) => /^\d+$/.test(name))
        .map(read)
        .filter((process) => process !== undefined && process.state !== 'Z');
}

/** Everything below `pid`, without `pid` itself. */
export function descendants(pid) {
    const all = processes();
    const found = [];
    let parents = new Set([pid]);
    while (parents.size > 0) {
        const children = all.filter((process) => parents.has(process.parent));
        found.push(...children);
        parents = new Set(children.map((process) => process.pid));
    }
    return found;
}

/** Every process that carries `NAME=value` in the environment it was started with. */
export function carrying(name, value) {
    return processes().filter((process) => {
        try {
            return readFileSync(`/proc/${process.pid}/environ`, 'latin1')
                .split('\0').includes(`${name}=${value}`);
        } catch {
            return false;
        }
    });
}

/** Whether `process` runs the program `file` itself, rather than naming it among its arguments. */
export function runs(process, file) {
    try {
        return readlinkSync(`/proc/${process.pid}/exe`) === file;
    } catch {
        return false;
    }
}

/** Whether this very process (not a later one with its pid) is still there. */
export function alive(process) {
    const now = read(process.pid);
    return now !== undefined && now.state !== 'Z' && now.started === process.started;
}

/** Waits until none of `list` is left. */
export async function gone(list) {
    await eventually(
        `the end of ${list.map((process) => `${process.pid} ${process.cmdline.join(' ')}`)}`,
        () => !list.some(alive));
}
