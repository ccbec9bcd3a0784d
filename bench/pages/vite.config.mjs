// Builds the bare list as the dashboard is built, for addresses below /bare/.

import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
    plugins: [react()],
    base: '/bare/',
    build: { target: 'es2022', assetsInlineLimit: 0, modulePreload: false,
        rollupOptions: { input: 'bare.html' } },
});
