import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface Props extends Pick<TextInputProps, 'w' | 'maw' | 'flex'> {
    value: string;
    label: string;
    onValue: (value: string) => void;
}

const settleMs = 300;

/** A field that tells what was typed a moment after the last key, and follows `value` when that changes otherwise. */
export function SettledSearch({ value, label, onValue, ...size }: Props) {
    const [text, setText] = useState(value);
    const [known, setKnown] = useState(value);
    if (known !== value) {
        setKnown(value);
        // What was told from here comes back without the spaces that are still being typed around it.
        if (value !== text.trim()) {
            setText(value);
        }
    }
    const tell = useDebouncedCallback((next: string) => {
        if (next !== value) {
            onValue(next);
        }
    }, settleMs);
    return (
        <TextInput {...size} value={text} leftSection={<IconSearch size={16} />} placeholder={label} aria-label={label}
            onChange={(event) => {
                setText(event.currentTarget.value);
                tell(event.currentTarget.value.trim());
            }} />
    );
}
