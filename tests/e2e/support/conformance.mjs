// Runs of the published conformance suite, and what came of each scenario.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { published } from './server_definitions.mjs';

const suite = published('conformance');
const runLimitMs = 120_000;

/** Resolves to {code, output, scenarios}, the latter name → {passed, failures}. */
export async function run(mode, args, { env = {} } = {}) {
    const results = mkdtempSync(join(tmpdir(), 'conformance-'));
    const child = spawn(process.execPath, [suite, mode, ...args, '-o', results],
        { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'],
            timeout: runLimitMs, killSignal: 'SIGKILL' });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
        stream.on('data', (chunk) => { output += chunk; });
    }
    const code = await new Promise((resolve, reject) => {
        child.on('error', reject);
        child.on('close', resolve);
    });
    return { code, output, scenarios: scenariosIn(results, mode) };
}

/** Each scenario leaves a directory `<mode>-<scenario>-<time>` with its checks. */
function scenariosIn(directory, mode) {
    const scenarios = new Map();
    for (const name of readdirSync(directory).sort()) {
        const scenario = name.replace(/-\d{4}-\d\d-\d\dT[\d-]+Z$/, '');
        const checks = JSON.parse(readFileSync(join(directory, name, 'checks.json'), 'utf8'));
        const failures = checks.filter(({ status }) => status === 'FAILURE')
            .map(({ id, errorMessage }) => `${id}: ${errorMessage ?? 'failed'}`);
        const passed = failures.length === 0
            && checks.some(({ status }) => status === 'SUCCESS');
        scenarios.set(scenario.startsWith(`${mode}-`) ? scenario.slice(mode.length + 1) : scenario,
            { passed, failures });
    }
    return scenarios;
}

/** Names of the scenarios that the output lists as run, but not counted. */
export const notScored = (output) =>
    [...output.matchAll(/^ +[✓✗] (\S+) \(/gm)].map(([, name]) => name);
