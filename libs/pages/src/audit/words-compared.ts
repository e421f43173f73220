import { diffArrays } from 'diff';
import { html } from '#html';
import type { Html } from '#html';

/** After so many milliseconds texts are too different to be worth comparing word by word. */
const patience = 100;

/** Words, each with the space that follows it, so that a comparison keeps whole words, decimals and days. */
const wordsOf = (text: string): string[] => text.match(/\S+\s*/g) ?? [];
const isSame = (one: string, other: string): boolean => one.trimEnd() === other.trimEnd();

/** What was taken out of a text and what came into it, word by word; both of them whole where they differ too much. */
export function wordsCompared(before: string, after: string): Html {
  const parts = diffArrays(wordsOf(before), wordsOf(after), { comparator: isSame, timeout: patience });
  if (!parts) return html`<del>${before}</del> <ins>${after}</ins>`;
  return html`${parts.map(({ added, removed, value }) => {
    const text = value.join('');
    if (added) return html`<ins>${text}</ins>`;
    return removed ? html`<del>${text}</del>` : text;
  })}`;
}
