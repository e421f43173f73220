import { describe, expect, it } from '@jest/globals';
import type { IndicatorDocument } from '#indicators';
import { gapsOf } from './indicator-gaps.js';

const round = { year: 2025, referenceDate: '2025-04-30' };
const value = { total: { value: '5.0' } };
const gap = (reason: 'not-measured' | 'not-reported') => ({ total: { gap: reason } });

/** Why an indicator with that series has no value, or undefined where it has one. */
function reasonOf(series: readonly object[], data: object = {}): string | undefined {
  const indicator = { _id: 'i', name: 'Andel vuxna', ownerId: 'amn', series, ...data } as unknown as IndicatorDocument;
  return gapsOf([indicator], round)[0]?.reason;
}

describe('An indicator lacks a value for the year', () => {
  it('where nobody has said anything of it', () => {
    expect(reasonOf([])).toBe('not-recorded');
    expect(reasonOf([{ period: '2024', ...value }])).toBe('not-recorded');
    expect(reasonOf([{ period: '2025', women: { value: '1' } }])).toBe('not-recorded');
  });

  it('for the reason that was given last', () => {
    expect(reasonOf([{ period: '2025', ...gap('not-measured') }])).toBe('not-measured');
    const months = [
      { period: '2025-01', ...gap('not-measured') },
      { period: '2025-02', ...gap('not-reported') },
    ];
    expect(reasonOf(months)).toBe('not-reported');
  });

  it('but not where any period of it that had begun has one', () => {
    for (const period of ['2025', '2025-04', '2025-Q2', '2025-T1']) {
      expect(reasonOf([{ period, ...value }])).toBeUndefined();
    }
    for (const period of ['2025-05', '2025-Q3', '2025-T2']) {
      expect(reasonOf([{ period, ...value }])).toBe('not-recorded');
    }
  });

  it('and is not asked for once it is retired', () => {
    expect(reasonOf([], { retired: { on: '2025-04-30', reason: 'Ersatt' } })).toBeUndefined();
    expect(reasonOf([], { retired: { on: '2025-05-01', reason: 'Ersatt' } })).toBe('not-recorded');
  });
});
