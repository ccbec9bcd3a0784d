import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import '@fontsource-variable/inter';
import './app/global.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { applyStoredScheme } from './app/colour_scheme';
import { startTexts } from './app/i18n';

applyStoredScheme();
const root = document.getElementById('root');
if (root !== null) {
    void startTexts().then(() => createRoot(root).render(<StrictMode><App /></StrictMode>));
}
