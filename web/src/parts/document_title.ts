import { useEffect } from 'react';

export function useDocumentTitle(...words: (string | undefined)[]): void {
    const title = [...words.filter(Boolean), 'mcp-orch'].join(' · ');
    useEffect(() => { document.title = title; }, [title]);
}
