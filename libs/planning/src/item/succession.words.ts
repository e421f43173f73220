import type { SuccessionKind } from './item.events.js';

/** What became of an older item, as the beginning of a sentence that the newer one ends. */
const onwards: Readonly<Record<SuccessionKind, string>> = {
  kept: 'Kvarstår som',
  renumbered: 'Fick nytt nummer:',
  reworded: 'Omformulerades till',
  merged: 'Slogs ihop till',
  split: 'Delades, bland annat till',
  replaced: 'Ersattes av',
  continues: 'Fortsätter i',
};

/** What a newer item is of the older one that ends the sentence. */
const backwards: Readonly<Record<SuccessionKind, string>> = {
  kept: 'Kvarstår från',
  renumbered: 'Hade förut ett annat nummer:',
  reworded: 'Omformulering av',
  merged: 'Sammanslagning av',
  split: 'Del av',
  replaced: 'Ersätter',
  continues: 'Fortsätter',
};

interface Link {
  readonly kind: SuccessionKind;
  readonly inferred: boolean;
}

/** What became of an item, to a Swedish reader. @param successor what the newer one is called */
export const succeededInWords = ({ inferred, kind }: Link, successor: string): string =>
  `${onwards[kind]} ${successor}${read(inferred)}`;

/** What an item comes from, to a Swedish reader. @param predecessor what the older one is called */
export const precededInWords = ({ inferred, kind }: Link, predecessor: string): string =>
  `${backwards[kind]} ${predecessor}${read(inferred)}`;

/** What an item of another plan an item answers, to a Swedish reader. @param answered what that is called */
export const answersInWords = (inferred: boolean, answered: string): string =>
  `Svarar mot ${answered}${read(inferred)}`;

const read = (inferred: boolean): string => (inferred ? ' (tolkning)' : '');
