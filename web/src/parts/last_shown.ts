import { useState } from 'react';

/** `value`, and what it was last while there is none: a dialogue that fades away still has its title. */
export function useLastShown(value: string | undefined): string {
    const [last, setLast] = useState('');
    if (value !== undefined && value !== last) {
        setLast(value);
    }
    return value ?? last;
}
