import { describe, expect, it } from '@jest/globals';
import { differenceOf, meets, movementOf, shown, writeSwedish } from './derived.js';

const entry = (period: string, total?: string) => ({
  period,
  ...(total !== undefined && { total: { value: total } }),
  recordedAt: '',
  corrections: [],
});

describe('What follows from a series', () => {
  it('tells the difference between women and men, as exact as the values', () => {
    expect(differenceOf({ women: { value: '9.31' }, men: { value: '10.15' } })).toBe('-0.84');
    expect(differenceOf({ women: { value: '5.0' }, men: { value: '4' } })).toBe('1.0');
    expect(differenceOf({ women: { value: '5.0' }, men: { gap: 'not-measured' } })).toBeUndefined();
  });

  it('tells a movement by what is wanted, past periods without a value', () => {
    const series = [entry('2022', '1.53'), entry('2023'), entry('2024', '1.25')];
    expect(movementOf(series, 2, 'decrease')).toBe('towards');
    expect(movementOf(series, 2, 'increase')).toBe('away');
    expect(movementOf(series, 2, 'maintain')).toBe('changed');
    expect(movementOf(series, 0, 'decrease')).toBe('unknown');
    expect(movementOf([entry('2023', '5.0'), entry('2024', '5')], 1, 'increase')).toBe('unchanged');
  });

  it('tells whether the newest value meets a threshold', () => {
    const target = { atMost: '1', by: '2026-12-31' };
    expect(meets(target, [entry('2023', '1.32'), entry('2024', '1.25')])).toBe(false);
    expect(meets(target, [entry('2024', '1.0')])).toBe(true);
    expect(meets({ direction: 'increase' }, [entry('2024', '1.0')])).toBeUndefined();
  });

  it('writes numbers as Swedish readers do, and prints what was printed', () => {
    expect(writeSwedish('-1234567.50')).toBe('\u22121\u00a0234\u00a0567,50');
    expect(writeSwedish('611')).toBe('611');
    expect(shown({ value: '5787', asPrinted: '5 787 (okt)', provisionalAsOf: '2024-10' })).toBe('5 787 (okt)');
    expect(shown({ gap: 'not-measured' })).toBeUndefined();
  });
});
