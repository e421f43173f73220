import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sortedPart } from './lists.js';

describe('A part of a list', () => {
  it('is that of the sorted list, and the list stays as it was', () => {
    const part = fc.record({ offset: fc.nat(30), limit: fc.nat(30) });
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1_000), { maxLength: 200 }), part, (list, { limit, offset }) => {
        const kept = [...list];
        const compare = (one: number, other: number) => one - other;
        expect(sortedPart(list, compare, { limit, offset })).toEqual(
          [...list].sort(compare).slice(offset, offset + limit),
        );
        expect(list).toEqual(kept);
      }),
    );
  });
});
