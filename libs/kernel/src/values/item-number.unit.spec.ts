import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { normaliseItemNumber, UnreadableItemNumber } from './item-number.js';

describe('the number of an item', () => {
  it.each([
    ['Uppdrag 7.', '7'],
    ['Uppdrag: 7.', '7'],
    ['7', '7'],
    ['12.', '12'],
    ['N.1.1.', 'N1.1'],
    ['N1.1', 'N1.1'],
    ['Nämndmål N1.1.', 'N1.1'],
    ['Nämndmål 2.1.', '2.1'],
    ['Åtgärd 33', '33'],
    ['2021:8', '2021:8'],
    [' 7. ', '7'],
    ['16b', '16b'],
    ['Åtgärd 7a.', '7a'],
  ])('takes "%s" as %s', (text, number) => {
    expect(normaliseItemNumber(text)).toBe(number);
  });

  it.each(['', 'Uppdrag', 'sju', '7 och 8', '7–9', '7 a', '7ab', 'a7b8', 'N', '1..2'])('refuses "%s"', (text) => {
    expect(() => normaliseItemNumber(text)).toThrow(UnreadableItemNumber);
  });

  it('leaves a number that is in its one form alone', () => {
    const numbers = fc.stringMatching(/^(Uppdrag:? |N\.?)?[0-9]{1,3}([.:][0-9]{1,2}){0,2}\.?$/);
    fc.assert(
      fc.property(numbers, (text) => {
        expect(normaliseItemNumber(normaliseItemNumber(text))).toBe(normaliseItemNumber(text));
      }),
    );
  });
});
