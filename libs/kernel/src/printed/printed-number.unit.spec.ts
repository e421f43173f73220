import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readPrintedNumber, UnreadableNumber } from './printed-number.js';

const refusal = (text: string): UnreadableNumber => {
  try {
    readPrintedNumber(text);
  } catch (error) {
    if (error instanceof UnreadableNumber) return error;
    throw error;
  }
  throw new Error(`"${text}" was read`);
};

describe('reading a printed number', () => {
  it.each([
    ['5,0', '5.0'],
    ['1,3', '1.3'],
    ['1,24', '1.24'],
    ['49', '49'],
    ['0', '0'],
    ['0,50', '0.50'],
    ['6 609', '6609'],
    ['6\u00a0609', '6609'],
    ['6\u202f609', '6609'],
    ['6\u2009609', '6609'],
    ['1 234 567,8', '1234567.8'],
    ['-1,2', '-1.2'],
    ['\u22121,2', '-1.2'],
    ['\u22120,0', '0.0'],
  ])('takes "%s" as %s', (text, value) => {
    expect(readPrintedNumber(text)).toEqual({ value, asPrinted: text });
  });

  it.each(['33%', '33 %', '33\u00a0%'])('keeps the percent sign of "%s" as the unit', (text) => {
    expect(readPrintedNumber(text)).toEqual({ value: '33', asPrinted: text, unit: '%' });
  });

  it.each([
    ['5 787 (okt)', '5787', 10],
    ['5 787 (Okt.)', '5787', 10],
    ['506 (sep)', '506', 9],
    ['70 (aug)', '70', 8],
    ['1,25(oktober)', '1.25', 10],
  ])('reads "%s" as provisional', (text, value, provisionalAsOf) => {
    expect(readPrintedNumber(text)).toEqual({ value, asPrinted: text, provisionalAsOf });
  });

  it.each([
    ['', 'it is blank'],
    [' ', 'it is blank'],
    ['5.0', 'a decimal is written with a comma'],
    ['1.234', 'a decimal is written with a comma'],
    ['5 78', 'groups of three'],
    ['12 34 567', 'groups of three'],
    ['6  609', 'write it as'],
    ['007', 'needless zero'],
    ['5,', 'write it as'],
    [',5', 'write it as'],
    ['1,2,3', 'write it as'],
    ['+1', 'write it as'],
    ['ca 40', 'write it as'],
    ['41/156', 'write it as'],
    ['5 787 (vår)', 'is not a Swedish month'],
    ['٣٣', 'write it as'],
  ])('refuses "%s" and says what would be right', (text, expected) => {
    expect(refusal(text).message).toContain(expected);
  });

  it('reads back every number that is printed by the rules', () => {
    fc.assert(
      fc.property(printed(), ({ text, value, percent, month }) => {
        expect(readPrintedNumber(text)).toEqual({
          value,
          asPrinted: text,
          ...(percent ? { unit: '%' } : {}),
          ...(month ? { provisionalAsOf: month } : {}),
        });
      }),
    );
  });

  it('either reads a text or refuses it by its own error, whatever the text', () => {
    const shards = fc.constantFrom(
      '1',
      '20',
      '345',
      ' ',
      '\u00a0',
      ',',
      '.',
      '-',
      '\u2212',
      '%',
      '(okt)',
      '(',
      ')',
      'x',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(shards).map((parts) => parts.join('')),
        ),
        (text) => {
          try {
            expect(readPrintedNumber(text).value).toMatch(/^-?(0|[1-9][0-9]*)(\.[0-9]+)?$/);
          } catch (error) {
            expect(error).toBeInstanceOf(UnreadableNumber);
          }
        },
      ),
    );
  });
});

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'maj', 'jun', 'jul', 'aug', 'sep', 'okt', 'nov', 'dec'];

/** A number in the way a document would print it, beside what it says. */
function printed() {
  return fc
    .record({
      whole: fc.bigInt({ min: 0n, max: 10n ** 15n }),
      fraction: fc.option(fc.stringMatching(/^[0-9]{1,4}$/)),
      minus: fc.constantFrom('', '-', '\u2212'),
      space: fc.constantFrom('', ' ', '\u00a0', '\u202f', '\u2009'),
      percent: fc.boolean(),
      month: fc.integer({ min: 0, max: 12 }),
    })
    .map(({ whole, fraction, minus, space, percent, month }) => {
      const magnitude = `${whole}${fraction === null ? '' : `.${fraction}`}`;
      const digits = String(whole).replace(/\B(?=([0-9]{3})+$)/g, space);
      return {
        text:
          `${minus}${digits}${fraction === null ? '' : `,${fraction}`}${percent ? `${space}%` : ''}` +
          (month ? ` (${MONTHS[month - 1]})` : ''),
        value: minus && /[1-9]/.test(magnitude) ? `-${magnitude}` : magnitude,
        percent,
        month,
      };
    });
}
