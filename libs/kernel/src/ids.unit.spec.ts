import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { parse, v5 } from 'uuid';
import { idOf } from './ids.js';

describe('The id of a name', () => {
  it('is the UUIDv5 of its parts, for ever', () => {
    expect(idOf('round', 'uppsala', 'april')).toBe('e5adf351-4a62-5454-81de-33a560cbd474');
    const namespace = parse('b4ab8d3c-6c0c-4d0a-8d39-6f9f5f1f7a52');
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme' })), (parts) => {
        expect(idOf(...parts)).toBe(v5(Buffer.from(JSON.stringify(parts)), namespace));
      }),
    );
  });
});
