import { inLanguage, say, usualLanguage } from '../texts/said.js';

/** A text that does not hold the number of an item. */
export class UnreadableItemNumber extends Error {
  readonly code = 'unreadable-item-number';

  constructor(
    readonly text: string,
    readonly said = isNoItemNumber({ text }),
  ) {
    super(inLanguage(usualLanguage, said));
    this.name = 'UnreadableItemNumber';
  }
}

/** The name of a kind, perhaps with a colon, that documents print before the number: `Uppdrag: 7.` */
const kindBefore = '(?:[\\p{L}\\p{M}]{2,}(?:\\s*:)?\\s+)?';
/** One letter, which may be written as a letter and its ring or dots. */
const letter = '[A-ZÅÄÖ][\\u0308\\u030a]?';

/** How the number of an item is written, also as documents print it. One that was put between two others ends in a letter: `16b`. */
export const itemNumberPattern = `^\\s*${kindBefore}(?:(${letter})\\.?)?([0-9]+(?:[.:][0-9]+)*[a-zåäö]?)\\.?\\s*$`;

const pattern = new RegExp(itemNumberPattern, 'u');

/**
 * The number of an item in its one form: `Uppdrag 7.` and `Uppdrag: 7.` are `7`, and `N.1.1.` is `N1.1`.
 *
 * @throws UnreadableItemNumber when no number can be made out
 */
export function normaliseItemNumber(text: string): string {
  const [whole, letters = '', digits = ''] = pattern.exec(text) ?? [];
  if (whole === undefined) throw new UnreadableItemNumber(text);
  return letters.normalize('NFC') + digits;
}

const isNoItemNumber = say(
  '"{text}" is not a number of an item; write it as 7, 16b, 1.1, N1.1 or 2021:8',
  '"{text}" är inget nummer på ett uppdrag; skriv det som 7, 16b, 1.1, N1.1 eller 2021:8',
  'unreadable-item-number',
);
