import type { Document } from '#document-store';
import { saidWhen } from '#kernel';
import type { RecordedEvent, SaidWhen } from '#kernel';
import { ignored, partId, partsOf } from '#projecting';
import type { Derived, Projection, Reaction } from '#projecting';
import type {
  ItemCancelled,
  ItemEvent,
  ItemRevisionRetracted,
  RetractableType,
  SuccessionKind,
} from '../../item.events.js';

/** Which links of an item stand, by the revisions that recorded them. Grows with its successors, which are bounded. */
export interface LinksOfItem extends Document {
  readonly standing: readonly number[];
}

/** A link between two items, as one event says it: `item|revision`. */
interface Link extends Document, SaidWhen {
  readonly tenant: string;
  /** The item that tells of it, and its plan. */
  readonly from: string;
  readonly fromPlan: string;
  readonly to: string;
  readonly toPlan: string;
  /** Whether the link is a reading, not stated by a document. */
  readonly inferred: boolean;
  readonly comment?: string;
  /** The day that it speaks of. */
  readonly effectiveOn: string;
  readonly position: string;
  /** When it was taken back, where it was: by itself, or with the item that told of it. */
  readonly gone?: SaidWhen;
}

/** That an older item (`from`) is succeeded by a newer one. */
export interface ItemLink extends Link {
  readonly kind: SuccessionKind;
  /** How the document itself calls what happened. */
  readonly printedLabel?: string;
}

/** That an item (`from`) answers one of another plan. */
export interface AnswerLink extends Link {
  readonly kind: 'answers';
}

/** Takes back links of an item. @param of which of those that stand */
const takingBack = <Event extends ItemRevisionRetracted | ItemCancelled>(
  of: (event: RecordedEvent<Event>, standing: readonly number[]) => readonly number[],
): Reaction<LinksOfItem, Event, ItemLink | AnswerLink> => {
  const goneBy = (event: RecordedEvent<Event>, { standing }: Pick<LinksOfItem, 'standing'>) => {
    const asked = of(event, standing);
    return standing.filter((revision) => asked.includes(revision));
  };
  return {
    key: ({ data }) => ('retracted' in data && !linking.includes(data.retracted) ? [] : data.itemId),
    evolve: (known = { _id: '', standing: [] }, event) => {
      const gone = goneBy(event, known);
      return { _id: event.data.itemId, standing: known.standing.filter((revision) => !gone.includes(revision)) };
    },
    derive: ({ before = { standing: [] } }, event) =>
      goneBy(event, before).map((revision): Derived<ItemLink | AnswerLink> => ({
        id: partId(event.data.itemId, String(revision)),
        evolve: (link) => ({ ...link!, gone: saidWhen(event.metadata) }),
      })),
  };
};

/** What records a link. */
const linking: readonly RetractableType[] = ['ItemSucceeded', 'ItemAnswerDeclared'];

const withLink = (known: LinksOfItem | undefined, { data, revision }: RecordedEvent<ItemEvent>): LinksOfItem => ({
  _id: data.itemId,
  standing: [...(known?.standing ?? []), revision],
});

/**
 * Answers: what does an item succeed, and what succeeds it; what does it answer, and what answers it? A document for each link, which is found from both of its ends:
 * an item is told of its successors by its own stream, of its predecessors by theirs.
 */
export const itemLinks: Projection<LinksOfItem, ItemEvent, ItemLink | AnswerLink> = {
  name: 'item-links',
  version: 1,
  indexes: [{ fields: ['from'] }, { fields: ['to'] }, { fields: ['fromPlan'] }, { fields: ['toPlan'] }],
  on: {
    ItemAdopted: ignored,
    ItemReworded: ignored,
    ItemRenumbered: ignored,
    ItemMoved: ignored,
    ItemConcernedChanged: ignored,
    ItemResponsibleChanged: ignored,
    ItemRetained: ignored,
    ItemCompleted: ignored,
    ItemDiscontinued: ignored,
    ItemSucceeded: {
      key: ({ data }) => data.itemId,
      evolve: withLink,
      derive: ({ after: { _id: from } }, { data, metadata, position, revision }) => {
        const { itemId: _, planId: fromPlan, successorId: to, successorPlanId: toPlan, ...said } = data;
        const { effectiveOn, tenant } = metadata;
        const ends = { from, fromPlan, to, toPlan };
        const told = { tenant, ...ends, ...said, effectiveOn, position, ...saidWhen(metadata) };
        return [{ document: { _id: partId(from, String(revision)), ...told } }];
      },
    },
    ItemAnswerDeclared: {
      key: ({ data }) => data.itemId,
      evolve: withLink,
      derive: ({ after: { _id: from } }, { data, metadata, position, revision }) => {
        const { answersId: to, answersPlanId: toPlan, itemId: _, planId: fromPlan, ...said } = data;
        const { effectiveOn, tenant } = metadata;
        const ends = { from, fromPlan, to, toPlan, kind: 'answers' as const };
        const told = { tenant, ...ends, ...said, effectiveOn, position, ...saidWhen(metadata) };
        return [{ document: { _id: partId(from, String(revision)), ...told } }];
      },
    },
    ItemHeld: ignored,
    ItemResumed: ignored,
    ItemRevisionRetracted: takingBack<ItemRevisionRetracted>(({ data }) => data.revisions),
    ItemCancelled: takingBack<ItemCancelled>((_, standing) => standing),
    ItemAssessed: ignored,
    AssessmentCorrected: ignored,
    AssessmentWithdrawn: ignored,
    AssessmentReinstated: ignored,
  },
};

/** The parts of each sort, for whoever reads them. */
export const linksOfItems = partsOf<ItemLink>(itemLinks);
export const answersOfItems = partsOf<AnswerLink>(itemLinks);
