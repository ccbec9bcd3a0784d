import { useEffect, useLayoutEffect, useRef, useState, type RefObject } from 'react';

/** Keeps what is being read in its place while rows arrive above it. */
export function useAnchor(place: RefObject<HTMLDivElement | null>, arrived: number, lineHeight: number) {
    const before = useRef(0);
    const [count, setCount] = useState(0);
    useLayoutEffect(() => {
        const fresh = arrived - before.current;
        before.current = arrived;
        const element = place.current;
        if (element === null || fresh <= 0 || element.scrollTop < 4) {
            return;
        }
        element.scrollBy({ top: fresh * lineHeight, behavior: 'instant' });
        setCount((missed) => missed + fresh);
    }, [place, arrived, lineHeight]);
    useEffect(() => {
        const element = place.current;
        const seen = () => {
            if (element !== null && element.scrollTop < 4) {
                setCount(0);
            }
        };
        element?.addEventListener('scroll', seen, { passive: true });
        return () => { element?.removeEventListener('scroll', seen); };
    }, [place]);
    const jump = () => {
        place.current?.scrollTo({ top: 0 });
        setCount(0);
    };
    return { count, jump };
}
