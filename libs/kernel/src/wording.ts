import { normaliseText } from './text.js';

/**
 * How a text is looked for in others. By its `letters`: å, ä and ö are letters of their own. `forgiving`: å and ä are an a, ö is an
 * o, é an e, and hyphens and blanks do not count.
 */
export const textMatches = ['letters', 'forgiving'] as const;
export type TextMatch = (typeof textMatches)[number];

/** A text as others are looked for in it: in each way, since stores compare no texts but as they are. */
export interface Wording {
  readonly letters: string;
  readonly forgiving: string;
}

/** How some texts, any of which may hold what is looked for, are found. */
export const wordingOf = (...texts: readonly string[]): Wording => ({
  letters: texts.map(byLetters).join('\n'),
  forgiving: texts.map(forgiving).join('\n'),
});

/** How a text is looked for, and in which way: by its letters where forgiving leaves nothing of it. */
export function sought(text: string, match: TextMatch = 'letters'): readonly [match: TextMatch, text: string] {
  const forgiven = match === 'forgiving' ? forgiving(text) : '';
  return forgiven === '' ? ['letters', byLetters(text)] : ['forgiving', forgiven];
}

/** Whether a text is in another one, as is found by its wording. */
export function isWithin(wording: Wording, text: string, match?: TextMatch): boolean {
  const [way, looked] = sought(text, match);
  return wording[way].includes(looked);
}

/** Neither capitals count, nor how a letter is composed, nor what sort of blank it is, nor where a word may be broken. */
const byLetters = (text: string): string =>
  normaliseText(text).replaceAll('\u00ad', '').replace(/\s+/gu, ' ').toLocaleLowerCase('sv');

/** Letters that Unicode does not take apart. */
const plain: Readonly<Record<string, string>> = { æ: 'a', ø: 'o', œ: 'o', ð: 'd', đ: 'd', ł: 'l', ß: 'ss', þ: 'th' };

const forgiving = (text: string): string =>
  text
    .normalize('NFKD')
    .toLocaleLowerCase('sv')
    .replace(/[\p{M}\p{Pd}\p{Z}\p{Cf}\s\u2212]/gu, '')
    .replace(/[æøœðđłßþ]/g, (letter) => plain[letter]!);
