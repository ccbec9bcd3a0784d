import { describe, expect, it } from 'vitest';
import { textIn } from './call_row';

describe('the text in the beginning of a result', () => {
    it('is the first one, without its escapes', () => {
        expect(textIn('{"content":[{"type":"text","text":"no \\"file\\"\\nhere"},{"text":"x"}],"isError":true}'))
            .toBe('no "file"\nhere');
        expect(textIn('{"content": [ {"text" : "caf\\u00e9"}]}')).toBe('café');
    });
    it('may be cut off anywhere', () => {
        const whole = '{"content":[{"text":"a\\u00e9\\n\\ud83d\\ude00 end"}]}';
        for (let length = 0; length <= whole.length; ++length) {
            expect('aé\n😀 end'.startsWith(textIn(whole.slice(0, length)).replace(/\ud83d$/, ''))).toBe(true);
        }
        expect(textIn(whole)).toBe('aé\n😀 end');
    });
    it('is empty where there is none', () => {
        expect(textIn('{"structuredContent":{"a":1}}')).toBe('');
        expect(textIn('')).toBe('');
    });
});
