import { TextInput, type TextInputProps } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useState } from 'react';

interface Props extends Pick<TextInputProps, 'w' | 'flex'> {
    value: string;
    label: string;
    onValue: (value: string) => void;
}

const settleMs = 300;

/** A field that tells what was typed a moment after the last key. */
export function SettledSearch({ value, label, onValue, ...size }: Props) {
    const [text, setText] = useState(value);
    const tell = useDebouncedCallback(onValue, settleMs);
    return (
        <TextInput {...size} value={text} leftSection={<IconSearch size={16} />} placeholder={label} aria-label={label}
            onChange={(event) => {
                setText(event.currentTarget.value);
                tell(event.currentTarget.value.trim());
            }} />
    );
}
