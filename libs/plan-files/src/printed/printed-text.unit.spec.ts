import { describe, expect, it } from '@jest/globals';
import { readCell } from './read-cell.js';
import { withoutQuotes } from './printed-text.js';

describe('a printed name', () => {
  it.each(["'Egen uppföljning'", '"Egen uppföljning"', '”Egen uppföljning”', 'Egen uppföljning', ' Egen uppföljning '])(
    'is the same with and without quotes: %s',
    (text) => expect(withoutQuotes(text)).toBe('Egen uppföljning'),
  );

  it.each(["medlemmar i 'God investering'", "'Lifecare' och 'Kolada'", "'"])('keeps the quotes inside: %s', (text) => {
    expect(withoutQuotes(text)).toBe(text);
  });
});

describe('a cell', () => {
  it('takes the year of a provisional value from its column', () => {
    expect(readCell('5 787 (okt)', '2024')).toEqual({
      value: '5787',
      asPrinted: '5 787 (okt)',
      provisionalAsOf: '2024-10',
    });
    expect(readCell('70 (aug)', '2024')).toMatchObject({ provisionalAsOf: '2024-08' });
  });

  it('is a value or a gap with its reason', () => {
    expect(readCell('33%', '2023')).toEqual({ value: '33', asPrinted: '33%', unit: '%' });
    expect(readCell({ gap: 'not-split-by-sex' }, '2023')).toEqual({ gap: 'not-split-by-sex' });
    expect(readCell('..', '2023')).toEqual({ gap: 'not-reported', asPrinted: '..' });
    expect(readCell('506 (okt)', '2024/25')).toMatchObject({ provisionalAsOf: '2024-10' });
    expect(readCell('506 (maj)', '2024/25')).toMatchObject({ provisionalAsOf: '2025-05' });
  });
});
