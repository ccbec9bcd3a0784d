import { failureOf, noAnswer } from './problem';

/** Numbers without labels of a text in the format of Prometheus, by name. */
export function samplesIn(text: string): Readonly<Record<string, number>> {
    const lines = text.split('\n').map((line) => /^([a-z_]+) (\S+)$/.exec(line));
    return Object.fromEntries(lines.flatMap((line) => (line === null ? [] : [[line[1], Number(line[2])]])));
}

/** What `/metrics` tells of the whole orchestrator. */
export async function readSamples(signal: AbortSignal): Promise<Readonly<Record<string, number>>> {
    let answer: Response;
    try {
        answer = await fetch('/metrics', { signal });
    } catch (cause) {
        throw signal.aborted ? cause : noAnswer(cause);
    }
    const text = await answer.text();
    if (!answer.ok) {
        throw failureOf(answer.status, { type: 'about:blank', title: text.trim(), status: answer.status, detail: text.trim() });
    }
    return samplesIn(text);
}
