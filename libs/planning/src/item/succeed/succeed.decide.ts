import { rule } from '#kernel';
import type { DomainCommand } from '#kernel';
import type { ItemRevisionRetracted, SuccessionKind } from '../item.events.js';
import type { ItemProperties, Successor } from '../item.properties.js';
import { ofAdopted, subjectOf } from '../item.rules.js';
import type { ToldRetraction } from '../retract/retraction.told.js';

export type SucceedItem = DomainCommand<
  'SucceedItem',
  { successorId: string; kind: SuccessionKind; inferred?: boolean; comment?: string; printedLabel?: string },
  {
    readonly successor: ItemProperties;
    /** The link that the new one takes the place of, where it corrects one. */
    readonly corrected?: ToldRetraction | undefined;
  }
>;

/** So many are kept with the item. */
const mostSuccessors = 100;

/** Also after its end, and by the same one in the same way once. A link that is corrected is taken back for another. */
export const succeed = ofAdopted<SucceedItem>((command, item) => {
  const { comment, inferred = false, kind, printedLabel, successorId } = command.data;
  if (successorId === command.id) throw succeedsItself();
  const { corrected, successor } = command.facts;
  const subject = subjectOf(command, item);
  const links = item.successors.filter((link) => !isLink(link, corrected));
  const gone = corrected ? [takenBack(subject, corrected, comment)] : [];
  if (links.some((known) => known.itemId === successorId && known.kind === kind)) return gone;
  if (links.length >= mostSuccessors) {
    throw tooManySuccessors({ successors: mostSuccessors });
  }
  const remarks = { ...(comment && { comment }), ...(printedLabel && { printedLabel }) };
  const link = { successorId, successorPlanId: successor.planId, kind, inferred, ...remarks };
  return [...gone, { type: 'ItemSucceeded', data: { ...subject, ...link } }];
});

const isLink = ({ itemId, kind, on }: Successor, corrected: ToldRetraction | undefined): boolean =>
  corrected?.successor?.itemId === itemId && corrected.successor.kind === kind && corrected.effectiveOn === on;

function takenBack(
  subject: ReturnType<typeof subjectOf>,
  { restores, revisions, successor }: ToldRetraction,
  reason = 'Rättelse',
): ItemRevisionRetracted {
  const content = { retracted: 'ItemSucceeded' as const, revisions, restores, ...(successor && { successor }), reason };
  return { type: 'ItemRevisionRetracted', data: { ...subject, ...content } };
}

const succeedsItself = rule(
  'successor-is-another',
  'An item cannot succeed itself',
  'Ett uppdrag kan inte efterträda sig självt',
);
const tooManySuccessors = rule(
  'successors-of-item',
  'The item has {successors} successors, which is as many as it can have',
  'Uppdraget har {successors} efterföljare, och fler kan det inte ha',
);
