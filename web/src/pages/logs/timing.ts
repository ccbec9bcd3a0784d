import type { Call } from '@/api/types';

export type Phase = 'authorise' | 'wait' | 'server' | 'answer';
export interface Span {
    phase: Phase;
    /** Milliseconds since the call came in. */
    from: number;
    length: number;
}

/** The stretches of a call's life. A call that never reached its server has no stretch there. */
export function spans({ received, authorised, sent, answered, finished }: Call['times']): Span[] {
    const begin = moment(received);
    const marks: [Phase, string | null, string | null][] = [
        ['authorise', received, authorised],
        ['wait', authorised, sent ?? (answered === null ? finished : answered)],
        ['server', sent, answered ?? finished],
        ['answer', answered, finished],
    ];
    return marks.flatMap(([phase, from, to]) => {
        if (from === null || to === null) {
            return [];
        }
        return [{ phase, from: moment(from) - begin, length: Math.max(moment(to) - moment(from), 0) }];
    });
}

/** Milliseconds with the microseconds that Date drops. */
function moment(at: string): number {
    const fraction = /\.(\d+)Z$/.exec(at)?.[1] ?? '0';
    return Date.parse(at.replace(/\.\d+Z$/, 'Z')) + Number(`0.${fraction}`) * 1000;
}
