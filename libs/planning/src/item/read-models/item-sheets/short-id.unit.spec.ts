import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { longId, longIds, shortId } from './short-id.js';

describe('A short id', () => {
  it('is read back as it was, and stands in 22 characters', () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        expect(shortId(id)).toHaveLength(22);
        expect(longId(shortId(id))).toBe(id);
      }),
    );
    expect(longIds()([shortId('4f0a1c1e-0000-4000-8000-00000000000a'), 'kf'])).toEqual([
      '4f0a1c1e-0000-4000-8000-00000000000a',
      'kf',
    ]);
  });

  it('is whatever else it was given', () => {
    for (const id of ['', 'kf', 'Ägaren', '4F0A1C1E-0000-4000-8000-00000000000A', 'x'.repeat(21)]) {
      expect(longId(shortId(id))).toBe(id);
    }
  });
});
