import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergedPage } from './merged-page.js';

describe('A page of a list of which some entries are at hand', () => {
  const compare = (one: number, other: number) => one - other;

  it('is that of the whole list in order, and reads no more than a page and the others', async () => {
    const numbers = fc.uniqueArray(fc.nat(40), { maxLength: 20 }).map((all) => all.sort(compare));
    const part = fc.record({ limit: fc.integer({ min: 1, max: 8 }), offset: fc.nat(25) });
    await fc.assert(
      fc.asyncProperty(numbers, fc.infiniteStream(fc.boolean()), part, async (all, isAtHand, asked) => {
        const at = new Set(all.filter(() => isAtHand.next().value));
        const [stored, others] = [all.filter((one) => !at.has(one)), [...at]];
        const read = async ({ limit, offset }: typeof asked) => {
          expect(limit).toBeLessThanOrEqual(asked.limit + others.length);
          return stored.slice(offset, offset + limit);
        };
        const { items, total } = await mergedPage({ total: stored.length, read }, others, asked, compare);
        expect(total).toBe(all.length);
        expect(items).toEqual(all.slice(asked.offset, asked.offset + asked.limit));
      }),
    );
  });
});
