// A signed-in page of the dashboard at MCP_ORCH_URL, with what it asked for and complained about.

import { chromium } from 'playwright-core';

export const url = process.env.MCP_ORCH_URL ?? 'http://127.0.0.1:8000';

export async function openBrowser() {
    return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
}

export async function signedIn(browser) {
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 }, locale: 'en-GB' });
    const answer = await context.request.post(new URL('/api/users/login', url).href, {
        data: { email: process.env.MCP_ORCH_EMAIL, password: process.env.MCP_ORCH_PASSWORD },
        headers: { 'sec-fetch-site': 'same-origin' },
    });
    if (!answer.ok()) {
        throw new Error(`signing in: ${answer.status()}`);
    }
    return context;
}

/** A page, its requests to the API as "METHOD /path", and its errors. */
export async function watched(context) {
    const page = await context.newPage();
    const calls = [];
    const faults = [];
    page.on('request', (request) => {
        const { pathname } = new URL(request.url());
        if (pathname.startsWith('/api/')) {
            calls.push(`${request.method()} ${pathname}`);
        }
    });
    page.on('console', (line) => { if (line.type() === 'error') { faults.push(line.text()); } });
    page.on('pageerror', (error) => { faults.push(error.message); });
    return { page, calls, faults };
}
