const swedish = new Intl.Collator('sv-SE', { numeric: true });

/** Text as it is stored and compared: Unicode NFC. */
export const normaliseText = (text: string): string => text.normalize('NFC');

/** Compares as a Swedish reader sorts: 7 before 10, å ä ö last. */
export const compareSwedish = (left: string, right: string): number => swedish.compare(left, right);

const alphabet = 'abcdefghijklmnopqrstuvwxyzåäö';

/**
 * A text whose plain order is the order of `compareSwedish`, for stores that sort by code unit. Digits count as numbers
 * (up to 20 figures), letters as their place in the Swedish alphabet, é as e, and case does not count.
 */
export function swedishSortKey(text: string): string {
  return normaliseText(text)
    .toLocaleLowerCase('sv-SE')
    .replace(/[0-9]+/g, (digits) => `0${digits.replace(/^0+(?=[0-9])/, '').padStart(20, '0')}`)
    .replace(/[^0-9\s]/gu, (character) => letterKey(character));
}

function letterKey(character: string): string {
  const place = alphabet.indexOf(character);
  if (place >= 0)
    return `z${String.fromCharCode(97 + Math.floor(place / 26))}${String.fromCharCode(97 + (place % 26))}`;
  const plain = character.normalize('NFD').replace(/\p{M}/gu, '');
  if (plain !== character && alphabet.includes(plain)) return letterKey(plain);
  return ' ';
}
