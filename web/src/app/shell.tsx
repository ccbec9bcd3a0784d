import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Header } from './header';

export function Shell() {
    const { t } = useTranslation();
    return (
        <>
            <a className="skip-link" href="#content">{t('shell.skip')}</a>
            <Header />
            <Outlet />
        </>
    );
}
