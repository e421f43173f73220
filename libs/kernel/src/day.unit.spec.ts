import { describe, expect, it } from '@jest/globals';
import { dayBefore, dayInSweden, daysFrom, isDay, swappedDay, yearsAfter } from './day.js';

describe('A day in Sweden', () => {
  it.each([
    ['2025-01-01T22:59:59.999Z', '2025-01-01'],
    ['2025-01-01T23:00:00.000Z', '2025-01-02'],
    ['2025-06-30T21:59:59.999Z', '2025-06-30'],
    ['2025-06-30T22:00:00.000Z', '2025-07-01'],
    // The hour in which summer time begins, and the one in which it ends.
    ['2025-03-30T00:59:59.999Z', '2025-03-30'],
    ['2025-10-25T22:30:00.000Z', '2025-10-26'],
    ['2024-02-29T12:00:00.000Z', '2024-02-29'],
  ])('%s is %s', (instant, day) => {
    expect(dayInSweden(new Date(instant))).toBe(day);
  });

  it('is the same whatever instant was asked for before', () => {
    const late = new Date('2025-01-01T23:30:00.000Z');
    const early = new Date('2025-01-01T22:30:00.000Z');
    expect([late, early, late].map(dayInSweden)).toEqual(['2025-01-02', '2025-01-01', '2025-01-02']);
  });
});

describe('An ISO day', () => {
  it('exists, and is written in full', () => {
    expect(isDay('2024-02-29')).toBe(true);
    for (const text of ['2025-02-29', '2025-2-1', '2025-01-01T00:00', '20250101', '2025-13-01', '']) {
      expect(isDay(text)).toBe(false);
    }
  });

  it('has one before it, over months, years and summer time', () => {
    expect(['2025-03-01', '2024-03-01', '2025-01-01', '2025-03-31'].map(dayBefore)).toEqual([
      '2025-02-28',
      '2024-02-29',
      '2024-12-31',
      '2025-03-30',
    ]);
  });

  it('lies so many days after another, also where the clocks were set forward between them', () => {
    expect([daysFrom('2025-03-29', '2025-03-31'), daysFrom('2025-01-01', '2024-12-31')]).toEqual([2, -1]);
  });

  it('is the same of another year, but for the day that only leap years have', () => {
    expect([yearsAfter('2025-04-08', -1), yearsAfter('2024-02-29', 1), yearsAfter('2024-02-29', 4)]).toEqual([
      '2024-04-08',
      '2025-02-28',
      '2028-02-29',
    ]);
  });

  it('may be another where day and month are taken for each other', () => {
    expect(['2025-08-03', '2025-03-31', '2025-05-05'].map(swappedDay)).toEqual(['2025-03-08', undefined, undefined]);
  });
});
