import { describe, expect, it } from '@jest/globals';
import { wordsCompared } from './words-compared.js';

const compared = (before: string, after: string): string => wordsCompared(before, after).markup;

describe('Two texts compared word by word', () => {
  it('keep what both have, and mark whole words', () => {
    expect(compared('Vi kan bistå vid behov.', 'Vi ska bistå vid behov.')).toBe(
      'Vi <del>kan </del><ins>ska </ins>bistå vid behov.',
    );
  });

  it('keep a decimal and a day whole', () => {
    expect(compared('1,5 procent den 2025-04-30', '1,0 procent den 2025-05-31')).toBe(
      '<del>1,5 </del><ins>1,0 </ins>procent den <del>2025-04-30</del><ins>2025-05-31</ins>',
    );
  });

  it('do not differ by the spaces between their words', () => {
    expect(compared('Fler  i arbete', 'Fler i arbete ')).not.toMatch(/<(ins|del)>/);
  });

  it('say nothing as markup', () => {
    expect(compared('', '<script>alert(1)</script>')).toBe('<ins>&lt;script&gt;alert(1)&lt;/script&gt;</ins>');
  });

  it('are shown whole where they differ too much to be compared in time', () => {
    const words = (count: number, of: string) => Array.from({ length: count }, (_, index) => `${of}${index}`).join(' ');
    const [before, after] = [words(20_000, 'a'), words(20_000, 'b')];
    expect(compared(before, after)).toBe(`<del>${before}</del> <ins>${after}</ins>`);
  });
});
