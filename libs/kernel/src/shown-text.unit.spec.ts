import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { shownJson, shownLine, shownText } from './shown-text.js';

describe('Text that is shown', () => {
  it.each([
    ['a terminal’s title', '\u001b]0;owned\u0007', '\ufffd]0;owned\ufffd'],
    ['an order in one character', '\u009b31m', '\ufffd31m'],
    ['what goes back in the line', 'Grön\rRöd', 'Grön\ufffdRöd'],
    ['what turns around', 'a\u202eb\u2066c', 'a\ufffdb\ufffdc'],
    ['half a character', 'a\ud800', 'a\ufffd'],
    ['a backspace and a bell', '\b\u0007\u007f', '\ufffd\ufffd\ufffd'],
  ])('gives no orders: %s', (_, text, shown) => expect(shownText(text)).toBe(shown));

  it('is left as it is otherwise, in lines or in one', () => {
    const text = 'Miljö- & hälsa:\tja\r\nnej 👩‍🚒 ½ שלום';
    expect(shownText(text)).toBe(text);
    expect(shownLine(text)).toBe('Miljö- & hälsa: ja nej 👩‍🚒 ½ שלום');
  });

  it('says the same as JSON, without a control character', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'binary' }), (json) => {
        const shown = shownJson(json);
        expect(JSON.parse(shown)).toEqual(JSON.parse(json));
        // eslint-disable-next-line no-control-regex
        expect(shown).not.toMatch(/[\u0000-\u0008\u000e-\u001f\u007f-\u009f\u202e]/);
      }),
    );
  });
});
