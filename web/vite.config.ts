import react from '@vitejs/plugin-react';
import { fileURLToPath, URL } from 'node:url';
import { defineConfig } from 'vite';

const orchestrator = process.env['MCP_ORCH_URL'] ?? 'http://127.0.0.1:8000';

/** What the orchestrator sends with its pages, so that a preview refuses what it refuses. */
const policy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    + "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

export default defineConfig({
    plugins: [react()],
    resolve: { alias: {
        '@rjsf/validator-ajv8': fileURLToPath(new URL('src/pages/server/form_test_validator.ts', import.meta.url)),
        '@': fileURLToPath(new URL('src', import.meta.url)),
    } },
    build: {
        target: 'es2022',
        // The server's policy refuses data: scripts and fonts, so nothing is inlined.
        assetsInlineLimit: 0,
        chunkSizeWarningLimit: 700,
        modulePreload: { polyfill: false },
    },
    server: { proxy: { '/api': orchestrator, '/openapi.json': orchestrator, '/health': orchestrator, '/metrics': orchestrator } },
    preview: {
        proxy: { '/api': orchestrator, '/openapi.json': orchestrator, '/health': orchestrator, '/metrics': orchestrator },
        headers: { 'Content-Security-Policy': policy },
    },
});
