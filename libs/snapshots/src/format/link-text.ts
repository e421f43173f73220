import { whenceTexts } from './provenance-text.js';
import type { ItemContent, Succession } from './snapshot.js';

export const successions: Readonly<Record<string, string>> = {
  kept: 'kvarstår',
  renumbered: 'fick nytt nummer',
  reworded: 'omformulerades',
  merged: 'slogs samman',
  split: 'delades',
  replaced: 'ersattes',
  continues: 'fortsätter',
};

/** How a link is called: `slogs samman, tolkning, i dokumentet: Slås ihop med`. */
export const linkKind = ({ inferred, kind, printedLabel }: Succession): string =>
  [
    successions[kind] ?? kind,
    ...(inferred ? ['tolkning'] : []),
    ...(printedLabel === undefined ? [] : [`i dokumentet: ${printedLabel}`]),
  ].join(', ');

/** A link at one of its ends: `Åtgärd 3: Skapa feriejobb (slogs samman, tolkning, i dokumentet: Slås ihop med) 2025-05-21`. */
export function linkText(link: Succession): string {
  const { comment, inferredFrom, invented, item, on } = link;
  const whence = [comment, ...whenceTexts({ ...link, inferred: inferredFrom })].filter(Boolean);
  return [`${item.label}: ${item.title} (${linkKind(link)}${invented ? ', påhittat' : ''}) ${on}`, ...whence].join(
    '. ',
  );
}

/** What documents tell of an item beside what it is, each with what it is called. */
export function particularsOf({
  acting,
  given,
  otherNumbers,
}: ItemContent): { readonly name: string; readonly told: string }[] {
  return [
    { name: 'Andra nummer', told: (otherNumbers ?? []).map(({ number, where }) => `${number} (${where})`).join(', ') },
    { name: 'Givet av', told: given ? [given.body.name, given.on, given.reference].filter(Boolean).join(', ') : '' },
    {
      name: 'Genom',
      told: (acting ?? [])
        .map(({ body, through }) => `${body.name} genom ${through.map(({ name }) => name).join(', ')}`)
        .join('; '),
    },
  ];
}
