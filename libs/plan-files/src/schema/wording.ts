import { say, verbatim } from '#kernel';
import type { Said } from '#kernel';

const worded = new Map<string, Said>();

/**
 * Declares what would be right where a value does not fit the schema. The schema itself, which editors read, holds it in English.
 * @param code what programs read in its stead; it never changes
 * @returns the English words
 */
export function wording(code: string, en: string, sv: string): string {
  worded.set(en, say<string, string>(en, sv, code)());
  return en;
}

/** What was declared, by its English words. */
export const saidOf = (words: string): Said => worded.get(words) ?? verbatim(words);
