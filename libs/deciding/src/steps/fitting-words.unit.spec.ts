import { describe, expect, it } from '@jest/globals';
import { appendSize, maxAppendBytes } from '#event-store';
import { fittingWords } from './fitting-words.js';

const words = (length: number) => ({ en: 'x'.repeat(length), sv: 'å'.repeat(length) });
const undone = (count: number, rule: string) =>
  Array.from({ length: count }, (_, step) => ({ step, code: 'rule-violation', rule, told: words(300) }));
const sizeOf = (steps: object) =>
  appendSize([{ type: 'RevisionCarriedOut', data: { undone: steps } as never, metadata: {} as never }]);

describe('What could not be carried out', () => {
  it('is told in words', () => {
    const some = undone(300, 'item-in-force');
    expect(fittingWords(some)).toBe(some);
  });

  it('is told by its rules, and by codes alone, where it is too much for an append', () => {
    const many = fittingWords(undone(5_000, 'item-in-force'));
    expect(many[4_999]).toMatchObject({ step: 4_999, rule: 'item-in-force', told: { sv: 'item-in-force' } });
    expect(sizeOf(many)).toBeLessThan(maxAppendBytes);
    const more = fittingWords(undone(11_000, 'nothing-rests-on-indicator'));
    expect(more[10_999]).toEqual({ step: 10_999, code: 'rule-violation', told: { en: '…', sv: '…' } });
    expect(sizeOf(more)).toBeLessThan(maxAppendBytes);
  });
});
