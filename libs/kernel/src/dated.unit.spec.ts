import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { placeAfter } from './dated.js';

describe('An entry that is recorded now', () => {
  it('comes after those of its own day and of earlier ones, and before all others', () => {
    const days = fc.array(fc.constantFrom('2025-01-01', '2025-01-02', '2025-03-31', '2025-12-31'));
    fc.assert(
      fc.property(days, fc.constantFrom('2024-12-31', '2025-01-02', '2025-06-30', '2026-01-01'), (known, day) => {
        const entries = known.sort();
        const place = placeAfter(entries, (entry) => entry <= day);
        expect(entries.slice(0, place).every((entry) => entry <= day)).toBe(true);
        expect(entries.slice(place).every((entry) => entry > day)).toBe(true);
      }),
    );
  });
});
