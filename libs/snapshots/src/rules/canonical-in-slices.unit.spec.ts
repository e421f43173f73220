import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { canonicalJson, TimeSlices } from '#kernel';
import { canonicalInSlices } from './canonical-in-slices.js';

describe('A canonical form that is written in slices', () => {
  it('is the canonical form', async () => {
    const value = fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 }));
    await fc.assert(
      fc.asyncProperty(value, async (object) => {
        expect(await canonicalInSlices(object, new TimeSlices())).toBe(canonicalJson(object));
      }),
    );
    const some = { é: [1, { b: undefined, a: null }], a: { z: [], y: {} }, c: undefined, 1: 'x' };
    expect(await canonicalInSlices(some, new TimeSlices())).toBe(canonicalJson(some));
  });

  it('lets others have their turn', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++, 1);
    await canonicalInSlices({ list: Array.from({ length: 200_000 }, (_, index) => ({ index })) }, new TimeSlices(2));
    clearInterval(timer);
    expect(turns).toBeGreaterThan(5);
  });
});
