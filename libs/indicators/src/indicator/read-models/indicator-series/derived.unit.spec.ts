import { describe, expect, it } from '@jest/globals';
import type { DefinitionVersion } from '../../definitions.js';
import { differenceOf, shown, sumOf, writeSwedish } from './derived.js';

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

  it('adds up women and men where they are counted, and names a total that says otherwise', () => {
    const [count, share] = ['count', 'share'].map((kind) => [
      { version: 1, since: '2025-01-01', definition: { measure: { unit: 'besök', kind } } } as DefinitionVersion,
    ]);
    const meant = { total: 1, women: 1, men: 1 };
    const sexes = { women: { value: '2230' }, men: { value: '1833' }, meant };
    expect(sumOf(sexes, count!)).toEqual({ sum: '4063' });
    expect(sumOf({ ...sexes, total: { value: '4063' } }, count!)).toEqual({ sum: '4063' });
    expect(sumOf({ ...sexes, total: { value: '4064' } }, count!)).toEqual({ sum: '4063', contradicts: '4064' });
    expect(sumOf({ ...sexes, total: { value: '4000', provisionalAsOf: '2025-10' } }, count!)).toEqual({ sum: '4063' });
    expect(sumOf({ ...sexes, men: { gap: 'secrecy' } }, count!)).toBeUndefined();
    expect(sumOf(sexes, share!)).toBeUndefined();
  });

  it('writes numbers as Swedish readers do, and prints what was printed', () => {
    expect(writeSwedish('-1234567.50')).toBe('\u22121\u00a0234\u00a0567,50');
    expect(writeSwedish('611')).toBe('611');
    expect(shown({ value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2024-10' })).toBe('5 787 (okt)');
    expect(shown({ gap: 'not-measured' })).toBeUndefined();
    expect(shown({ gap: 'not-reported', asPrinted: '..' })).toBe('..');
  });
});
