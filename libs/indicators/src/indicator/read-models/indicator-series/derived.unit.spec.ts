import { describe, expect, it } from '@jest/globals';
import { differenceOf, shown, writeSwedish } from './derived.js';

describe('What follows from a series', () => {
  it('tells the difference between women and men, as exact as the values', () => {
    const meant = { women: 1, men: 1 };
    expect(differenceOf({ women: { value: '9.31' }, men: { value: '10.15' }, meant }, [])).toBe('-0.84');
    expect(differenceOf({ women: { value: '5.0' }, men: { value: '4' }, meant }, [])).toBe('1.0');
    expect(differenceOf({ women: { value: '5.0' }, men: { gap: 'not-measured' }, meant }, [])).toBeUndefined();
    // Of versions that are not known to measure the same.
    expect(
      differenceOf({ women: { value: '5.0' }, men: { value: '4' }, meant: { women: 1, men: 2 } }, []),
    ).toBeUndefined();
  });

  it('writes numbers as Swedish readers do, and prints what was printed', () => {
    expect(writeSwedish('-1234567.50')).toBe('\u22121\u00a0234\u00a0567,50');
    expect(writeSwedish('611')).toBe('611');
    expect(shown({ value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2024-10' })).toBe('5 787 (okt)');
    expect(shown({ gap: 'not-measured' })).toBeUndefined();
    expect(shown({ gap: 'not-reported', asPrinted: '..' })).toBe('..');
  });
});
