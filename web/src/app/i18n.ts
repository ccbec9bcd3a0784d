import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { en } from './texts/en';

export const languages = { en: 'English', ko: '한국어' } as const;
export type Language = keyof typeof languages;

const storageKey = 'mcp-orch-language';
const isLanguage = (word: string | null | undefined): word is Language =>
    word === 'en' || word === 'ko';

function preferred(): Language {
    const stored = localStorage.getItem(storageKey);
    if (isLanguage(stored)) {
        return stored;
    }
    return navigator.language.startsWith('ko') ? 'ko' : 'en';
}

async function load(language: Language): Promise<void> {
    if (language === 'ko' && !i18next.hasResourceBundle('ko', 'translation')) {
        const { ko } = await import('./texts/ko');
        i18next.addResourceBundle('ko', 'translation', ko);
    }
}

export async function startTexts(): Promise<void> {
    await i18next.use(initReactI18next).init({
        lng: 'en',
        fallbackLng: 'en',
        resources: { en: { translation: en } },
        interpolation: { escapeValue: false },
    });
    await chooseLanguage(preferred());
}

export async function chooseLanguage(language: Language): Promise<void> {
    await load(language);
    await i18next.changeLanguage(language);
    document.documentElement.lang = language;
    localStorage.setItem(storageKey, language);
}
