export type Hint = 'readOnly' | 'destructive';

export interface ToolWords {
    description: string;
    inputSchema: object;
    hints: Hint[];
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;

/** What a server says of its tool, which may be anything. */
export function describe(definition: unknown): ToolWords {
    const whole = isObject(definition) ? definition : {};
    const annotations = isObject(whole['annotations']) ? whole['annotations'] : {};
    const hints: Hint[] = annotations['readOnlyHint'] === true ? ['readOnly']
        : annotations['destructiveHint'] === true ? ['destructive'] : [];
    return {
        description: typeof whole['description'] === 'string' ? whole['description'] : '',
        inputSchema: isObject(whole['inputSchema']) ? whole['inputSchema'] : { type: 'object' },
        hints,
    };
}
