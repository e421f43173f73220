import type { DomainCommand } from '#kernel';
import { checkPlace, ofItemInForce, subjectOf } from '../item.rules.js';
import type { PlacingFacts } from '../item.rules.js';
import { holdsAlready } from '../item.series.js';

export type MoveItem = DomainCommand<
  'MoveItem',
  { parents: readonly string[]; printedLabel?: string; reason?: string },
  PlacingFacts
>;

export const move = ofItemInForce<MoveItem>((command, item) => {
  const { data, effectiveOn: day, facts } = command;
  const parents = [...data.parents];
  if (holdsAlready(item, 'parents', parents, day)) return [];
  const subject = subjectOf(command, item);
  checkPlace({ ...subject, kind: item.kind, day }, facts);
  return [{ type: 'ItemMoved', data: { ...subject, ...data, parents } }];
});
