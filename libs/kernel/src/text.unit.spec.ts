import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { compareSwedish, normaliseText, swedishSortKey } from './text.js';

const sorted = (texts: string[]) =>
  [...texts].sort((left, right) => (swedishSortKey(left) < swedishSortKey(right) ? -1 : 1));

describe('Swedish order', () => {
  it('puts 7 before 10, and å ä ö last', () => {
    expect(sorted(['Uppdrag 10', 'Uppdrag 7', 'Uppdrag 101'])).toEqual(['Uppdrag 7', 'Uppdrag 10', 'Uppdrag 101']);
    expect(sorted(['Örebro', 'Åmål', 'Ängelholm', 'Zinkgruvan', 'Arboga'])).toEqual([
      'Arboga',
      'Zinkgruvan',
      'Åmål',
      'Ängelholm',
      'Örebro',
    ]);
    expect(sorted(['1.10', '1.2', '1.1'])).toEqual(['1.1', '1.2', '1.10']);
  });

  it('is the same in the keys that stores sort by as in the comparison', () => {
    const word = fc.stringMatching(/^[a-zåäö]{1,6}( [0-9]{1,4})?$/);
    fc.assert(
      fc.property(word, word, (left, right) => {
        const [one, other] = [swedishSortKey(left), swedishSortKey(right)];
        expect(Math.sign(compareSwedish(left, right))).toBe(one === other ? 0 : one < other ? -1 : 1);
      }),
    );
  });

  it('knows a letter in either form of Unicode as one', () => {
    expect(normaliseText('a\u030a')).toBe('å');
    expect(swedishSortKey('a\u030a')).toBe(swedishSortKey('å'));
  });
});
