import { describe, expect, it } from '@jest/globals';
import { wordingOf } from './listed-item.js';

describe('A text that is looked for in others', () => {
  const isFoundIn = (text: string, title: string) => wordingOf(title).includes(wordingOf(text));

  it('is found in any case, and however its letters are composed', () => {
    for (const text of ['åtgärd', 'ÅTGÄRD', 'åtgärd'.normalize('NFD'), 'ÅTGÄRD'.normalize('NFD')]) {
      expect(isFoundIn(text, 'Fler Åtgärder')).toBe(true);
      expect(isFoundIn(text, 'Fler Åtgärder'.normalize('NFD'))).toBe(true);
    }
  });

  it('has å, ä and ö for letters of their own', () => {
    expect(isFoundIn('atgard', 'Fler åtgärder')).toBe(false);
    expect(isFoundIn('o', 'Ö')).toBe(false);
  });
});
