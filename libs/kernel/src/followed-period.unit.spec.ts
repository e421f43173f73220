import { describe, expect, it } from '@jest/globals';
import { isFollowedPeriod, sortOfPeriod, spanOfPeriod } from './followed-period.js';

describe('A period that is followed up', () => {
  it.each([
    ['2025', 'year', '2025-01-01', '2025-12-31'],
    ['2024-02', 'month', '2024-02-01', '2024-02-29'],
    ['2025-12', 'month', '2025-12-01', '2025-12-31'],
    ['2025-Q1', 'quarter', '2025-01-01', '2025-03-31'],
    ['2025-Q4', 'quarter', '2025-10-01', '2025-12-31'],
    ['2025-T2', 'third', '2025-05-01', '2025-08-31'],
    ['2025-H1', 'half-year', '2025-01-01', '2025-06-30'],
    ['2025-H2', 'half-year', '2025-07-01', '2025-12-31'],
    ['2024/25', 'school-year', '2024-07-01', '2025-06-30'],
    ['1999/00', 'school-year', '1999-07-01', '2000-06-30'],
  ])('such as %s is a %s, from %s to %s', (period, sort, from, to) => {
    expect(isFollowedPeriod(period)).toBe(true);
    expect([sortOfPeriod(period), spanOfPeriod(period)]).toEqual([sort, { from, to }]);
  });

  it.each(['25', '2025-13', '2025-Q5', '2025-T4', '2025-H3', '2025-q1', '2024/26', '2024/2025', '2024-25', ''])(
    'is not "%s"',
    (text) => {
      expect(isFollowedPeriod(text)).toBe(false);
    },
  );
});
