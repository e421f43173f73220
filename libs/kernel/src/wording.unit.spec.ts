import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isWithin, sought, wordingOf } from './wording.js';
import type { TextMatch } from './wording.js';

const found = (match: TextMatch) => (text: string, title: string) => isWithin(wordingOf(title), text, match);

describe('A text that is looked for by its letters', () => {
  const isFoundIn = found('letters');

  it('is found in any case, and however its letters are composed', () => {
    for (const text of ['åtgärd', 'ÅTGÄRD', 'åtgärd'.normalize('NFD'), 'ÅTGÄRD'.normalize('NFD')]) {
      expect(isFoundIn(text, 'Fler Åtgärder')).toBe(true);
      expect(isFoundIn(text, 'Fler Åtgärder'.normalize('NFD'))).toBe(true);
    }
  });

  it('has å, ä and ö for letters of their own, and é too', () => {
    expect(isFoundIn('atgard', 'Fler åtgärder')).toBe(false);
    expect(isFoundIn('o', 'Ö')).toBe(false);
    expect(isFoundIn('ide', 'Idé')).toBe(false);
  });

  it('is found whatever blanks stand between its words, and where a word may be broken', () => {
    expect(isFoundIn('fler i arbete', 'Fler\u00a0i \u2009 arbete')).toBe(true);
    expect(isFoundIn('Fler\ni arbete', 'Fler i arbete')).toBe(true);
    expect(isFoundIn('bostadspolitik', 'Bostads\u00adpolitik')).toBe(true);
    expect(isFoundIn('etjänst', 'E-tjänst')).toBe(false);
  });
});

describe('A text that is looked for forgivingly', () => {
  const isFoundIn = found('forgiving');

  it.each([
    ['atgarder', 'Fler åtgärder'],
    ['ATGÄRDER', 'Fler atgarder'],
    ['alvsjo', 'Älvsjö'],
    ['ide', 'Idéer'],
    ['idé', 'IDE'],
    ['e tjänst', 'E-tjänster'],
    ['etjanst', 'e\u2011tjänst'],
    ['e-tjänst', 'Etjänst'],
    ['bostads-politik', 'Bostads\u00adpolitik'],
    ['trygghets kamera', 'Trygghetskamera'],
    ['kobenhavn', 'København'],
    ['strasse', 'Straße'],
    ['fil', 'ﬁl'],
  ])('%j is found in %j', (text, title) => {
    for (const one of [text, text.normalize('NFD')]) {
      for (const other of [title, title.normalize('NFD')]) expect(isFoundIn(one, other)).toBe(true);
    }
  });

  it('is looked for by its letters where nothing else is left of it', () => {
    expect(sought('–', 'forgiving')).toEqual(['letters', '–']);
    expect(isFoundIn('–', 'Fler i arbete')).toBe(false);
    expect(isFoundIn('–', 'Mål 1 – fler i arbete')).toBe(true);
  });

  it('is found wherever it is found by its letters', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 6 });
    fc.assert(
      fc.property(text, text, text, (before, looked, after) => {
        const title = wordingOf(`${before}${looked}${after}`);
        if (isWithin(title, looked)) expect(isWithin(title, looked, 'forgiving')).toBe(true);
      }),
    );
  });
});
