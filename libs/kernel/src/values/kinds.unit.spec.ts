import { describe, expect, it } from '@jest/globals';
import { faultIn } from './kind.js';
import { instant, moment, text, title } from './kinds.js';

const plain = text(200);

describe('Text', () => {
  it.each([
    'Grön',
    'Gro\u0308n, decomposed',
    ' blanks around it ',
    'two\nlines\r\nand a\ttab',
    '–',
    '34',
    'a 🙂 and a family 👨‍👩‍👧',
    '\u200bA space without width before it',
    'soft\u00adhyphen',
    'a sign of a font of symbols: \uf0b7',
    'العربية and עברית',
  ])('is taken where it shows something: %j', (shown) => {
    expect(faultIn(plain, shown)).toBeUndefined();
  });

  it.each([
    ['blanks', ' \t\n\u00a0\u2003\u3000'],
    ['spaces without width', '\u200b\u200b'],
    ['what joins and parts', '\u200c\u200d\u2060\ufeff'],
    ['soft hyphens', '\u00ad'],
    ['the blank pattern of Braille', '\u2800'],
    ['the mark of direction of Arabic', '\u061c \u200e'],
    ['formats of notes and of shorthand', '\u{1d173}\u{1bca0}'],
    ['letters of private use', '\ue000'],
    ['fillers of Hangul', '\u3164\uffa0\u115f\u1160'],
    ['marks without a letter', '\u0301\u0308'],
    ['marks of direction', '\u200e\u200f'],
  ])('that shows nothing is refused: %s', (_, shown) => {
    expect([plain, title].filter((of) => faultIn(of, shown) === undefined)).toEqual([]);
  });

  it.each(['7', 'Å', '100 %', '§ 87', '-1', '✓', '👍', 'يوم', '日'])(
    'says something as a title or a reason: %j',
    (said) => {
      expect(faultIn(title, said)).toBeUndefined();
    },
  );

  it.each(['.', '…', '-', '–', '- -', '?', '%', '"', '_', '·', '+', '€', '´', '.\u00ad', '– \u0301', '«»'])(
    'shows something, and says nothing as a title or a reason: %j',
    (said) => {
      expect(faultIn(plain, said)).toBeUndefined();
      expect(faultIn(title, said)).toBeDefined();
    },
  );

  it.each([
    ['NUL', 'a\u0000'],
    ['an order to a terminal', 'a\u001b[2J'],
    ['the same of eight bits', 'a\u009b2J'],
    ['a bell', 'a\u0007'],
    ['DEL', 'a\u007f'],
    ['what turns the direction', 'Röd\u202enörG'],
    ['what turns the direction from the start', '\u202enörG'],
    ['tags from the start', `${String.fromCodePoint(0xe0041)}a`],
    ['what parts lines elsewhere', 'a\u2028b'],
    ['what parts paragraphs elsewhere', '\u2029b'],
    ['the same of eight bits and of printers', 'a\u0085b\u000bc\u000c'],
    ['what isolates a direction', 'a\u2066b\u2069'],
    ['what is left of a letter', 'n\ufffdmnd'],
    ['notes between lines', 'a\ufff9b\ufffac\ufffb'],
    ['tags', `a${String.fromCodePoint(0xe0041)}`],
    ['half a character', 'a\ud83d'],
    ['no character', 'a\uffff'],
  ])('that hides what it says is refused: %s', (_, shown) => {
    expect([plain, title].filter((of) => faultIn(of, shown) === undefined)).toEqual([]);
  });

  it('is judged in time that grows with its length', () => {
    const from = performance.now();
    expect(
      faultIn(
        { ...title, schema: { ...title.schema, maxLength: 1_000_000 } },
        `${' '.repeat(500_000)}${'a'.repeat(499_999)}\u202e`,
      ),
    ).toBeDefined();
    expect(performance.now() - from).toBeLessThan(1_000);
  });
});

describe('An instant', () => {
  it.each(['2025-05-01T12:00:00Z', '1900-01-01T00:00:00Z', '9999-12-31T00:00:00Z', '2025-05-01T12:00:00.123+02:00'])(
    'is taken where it has a day in Sweden: %s',
    (text) => expect([faultIn(instant, text), faultIn(moment, text)]).toEqual([undefined, undefined]),
  );

  it.each(['0000-01-01T00:00:00Z', '9999-12-31T23:59:59.999Z', '2025-02-30T12:00:00Z', '2025-05-01T25:00:00Z'])(
    'is refused where it has none: %s',
    (text) => expect(faultIn(moment, text)).toBeDefined(),
  );
});
