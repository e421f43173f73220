import type { SuccessionKind } from './item.events.js';

/** What a revision did to an item, as its events tell it. */
export type RevisionClass = SuccessionKind | 'completed' | 'discontinued';

type Saying = 'unchanged' | 'reworded' | 'renumbered' | 'merged' | 'split' | 'replaced' | 'completed' | 'ended';

/** Words of labels that documents print, as far as they say one thing for certain. */
const sayings: readonly (readonly [Saying, RegExp])[] = [
  ['unchanged', /oförändra|kvarst[åo]|behåll|(?<!\p{L})kvar(?!\p{L})/u],
  ['reworded', /formuler|omarbeta|revider|förtydlig|ändrad lydelse|ny lydelse/u],
  ['renumbered', /nytt nummer|omnumrer/u],
  ['merged', /sl\p{L}+ (ihop|samman)|(ihop|samman)sl/u],
  ['split', /(?<!\p{L})del(as|ats|ades|ad)(?!\p{L})/u],
  ['replaced', /ersätt|ersatt/u],
  ['completed', /(?<!\p{L})klar[at]?(?!\p{L})|slutför|avsluta|färdig/u],
  ['ended', /utgå|upphör|avsluta|stryk|tas bort|läggs ner/u],
];

/** What a label may say of each without saying otherwise. */
const agreeing: Readonly<Record<RevisionClass, readonly Saying[]>> = {
  kept: ['unchanged', 'renumbered'],
  renumbered: ['unchanged', 'renumbered'],
  reworded: ['reworded', 'merged', 'split', 'replaced'],
  merged: ['merged', 'reworded', 'replaced', 'ended'],
  split: ['split', 'reworded', 'replaced', 'ended'],
  replaced: ['replaced', 'reworded', 'merged', 'split', 'ended'],
  continues: ['completed', 'ended', 'unchanged', 'reworded', 'renumbered', 'merged', 'split', 'replaced'],
  completed: ['completed'],
  discontinued: ['ended', 'merged', 'split', 'replaced'],
};

const saidBy = (label: string): readonly Saying[] =>
  sayings.flatMap(([saying, words]) => (words.test(label.toLocaleLowerCase('sv')) ? [saying] : []));

/** Whether a label that a document prints says that an item was left as it was. */
export const saysUnchanged = (label: string): boolean => {
  const said = saidBy(label);
  return said.includes('unchanged') && !said.includes('reworded');
};

/** Whether a label that a document prints says otherwise than what was recorded: not where its words are unknown. */
export function saysOtherwise(label: string, revision: RevisionClass): boolean {
  const said = saidBy(label);
  return said.length > 0 && !said.some((one) => agreeing[revision].includes(one));
}

/** ` (i dokumentet: ”Ny formulering”)`, with a word of warning where the label says otherwise; nothing without a label. */
export function labelInWords(label: unknown, revision: RevisionClass): string {
  if (typeof label !== 'string') return '';
  return ` (i dokumentet: ”${label}”${saysOtherwise(label, revision) ? ', vilket säger något annat' : ''})`;
}
