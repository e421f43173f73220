import { diffWordsWithSpace } from 'diff';

/** A part of a text, and whether one of two texts alone has it. */
export interface Word {
  readonly text: string;
  /** `removed`: the older text alone has it; `added`: the newer one alone. Left out where both have it. */
  readonly change?: 'removed' | 'added';
}

/**
 * Beyond so many words that differ, the texts are set against each other whole: what they share would say little, and to find it
 * would hold up others, by the square of them.
 */
const mostDiffering = 500;

/** Two texts, word by word, as parts that give the older one without what was added, and the newer one without what was removed. */
export function comparedWords(older: string, newer: string): readonly Word[] {
  const changes = diffWordsWithSpace(older, newer, { maxEditLength: mostDiffering });
  if (!changes) return [part(older, 'removed'), part(newer, 'added')].filter(({ text }) => text !== '');
  return changes.map(({ added, removed, value }) => part(value, removed ? 'removed' : added ? 'added' : undefined));
}

const part = (text: string, change: Word['change']): Word => ({ text, ...(change && { change }) });

/** Whether the texts were different. */
export const differ = (words: readonly Word[]): boolean => words.some(({ change }) => change !== undefined);
