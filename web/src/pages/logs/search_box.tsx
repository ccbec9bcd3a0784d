import { CloseButton, Kbd, TextInput } from '@mantine/core';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './log_page.module.css';

const settleMs = 350;

/** Searches a moment after the last key, at once on Enter. "/" comes here from anywhere. */
export function SearchBox({ value, onValue }: { value: string; onValue: (value: string) => void }) {
    const { t } = useTranslation();
    const field = useRef<HTMLInputElement>(null);
    const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
    const [text, setText] = useState(value);
    const [known, setKnown] = useState(value);
    if (known !== value) {
        setKnown(value);
        // What was told from here comes back without the spaces that are still being typed around it.
        if (value !== text.trim()) {
            setText(value);
        }
    }
    useEffect(() => {
        const press = (event: KeyboardEvent) => {
            const typing = event.target instanceof HTMLElement && event.target.closest('input, textarea, [role=dialog]') !== null;
            if (event.key === '/' && !typing && !event.ctrlKey && !event.metaKey) {
                event.preventDefault();
                field.current?.focus();
                field.current?.select();
            }
        };
        window.addEventListener('keydown', press);
        return () => {
            window.removeEventListener('keydown', press);
            clearTimeout(timer.current);
        };
    }, []);
    const change = (next: string, wait: number) => {
        setText(next);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => { onValue(next.trim()); }, wait);
    };
    return (
        <TextInput ref={field} className={styles.search} value={text} placeholder={t('logs.search')} aria-label={t('logs.search')}
            leftSection={<IconSearch size={16} />}
            rightSection={text === '' ? <Kbd size="xs">/</Kbd>
                : <CloseButton size="sm" aria-label={t('logs.clearSearch')} onClick={() => { change('', 0); }} />}
            onChange={(event) => { change(event.currentTarget.value, settleMs); }}
            onKeyDown={(event) => {
                if (event.key === 'Enter') {
                    change(text, 0);
                }
                if (event.key === 'Escape') {
                    event.currentTarget.blur();
                }
            }} />
    );
}
