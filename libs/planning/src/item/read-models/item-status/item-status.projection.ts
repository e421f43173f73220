import type { RecordedEvent } from '#kernel';
import { onEvery, partsOf } from '#projecting';
import type { Derived, Projection, SourceChange } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { evolve, isOwners, unadopted } from '../../item.js';
import { withContribution } from './contributions.js';
import { withFact } from './facts.js';
import { idOfContributions, idOfRound, idOfSaid, idOfTimes, withFactOfRound } from './item-documents.js';
import type {
  ContributionsDocument,
  ItemDocument,
  PartOfItem,
  RoundOfItemDocument,
  SaidDocument,
  TimesOfItemDocument,
} from './item-documents.js';
import { foundBy, listed } from './listed-item.js';
import { newestLevel, noJudgements, withJudgement } from './owners-judgements.js';
import { hasWords, slimmed } from './slim-events.js';

type Recorded = RecordedEvent<ItemEvent>;

/** The order of lists, once the kind is known. */
const inOrder = ['kind', 'sortKey', '_id'];
const wording = 'foundBy.wording';

/**
 * Answers: how does an item stand, who says so and why, and how did it stand on a day, as was known at an instant?
 *
 * The source is the item as it stands; an event makes or changes the few parts that say what it says. None of them grows
 * with an item's history: `docs/growth.md` tells where each ends.
 */
export const itemStatus: Projection<ItemDocument, ItemEvent, PartOfItem> = {
  name: 'item-status',
  version: 7,
  indexes: [
    { fields: ['tenant', 'planId', ...inOrder, 'foundBy.level', 'lifecycle.value.state', 'number.value', wording] },
    { fields: ['tenant', 'planId', 'parents.value', ...inOrder, 'foundBy.level'], list: 'parents.value' },
    { fields: ['tenant', 'planId', 'foundBy.bodies', ...inOrder, 'foundBy.level'], list: 'foundBy.bodies' },
    { fields: ['ofPlan'] },
    { fields: ['roundId'] },
    { fields: ['itemId'] },
  ],
  on: onEvery<ItemDocument, (typeof itemEvents)[number], PartOfItem>(itemEvents, {
    key: ({ data }) => data.itemId,
    evolve: standing,
    derive: parts,
  }),
};

/** The parts of each sort, for whoever reads them. */
export const itemContributions = partsOf<ContributionsDocument>(itemStatus);
export const roundsOfItems = partsOf<RoundOfItemDocument>(itemStatus);
export const timesOfItems = partsOf<TimesOfItemDocument>(itemStatus);
export const saidOfItems = partsOf<SaidDocument>(itemStatus);

/** @throws Error where the item was not adopted before */
function standing(document: ItemDocument | undefined, event: Recorded): ItemDocument {
  const { data, metadata, revision, type } = event;
  const { times = 0 } = document ?? {};
  if ('assessmentId' in data && document) {
    const rounds = withFactOfRound(document.rounds, data.roundId, revision);
    if (!isOwners(data)) return { ...document, rounds, revision };
    const owners = withJudgement(document.owners, { ...slimmed(event), revision });
    const level = newestLevel(owners) ?? null;
    return { ...document, owners, level, foundBy: foundBy(document, owners), times: times + 1, rounds, revision };
  }
  const known = document ? { ...document, status: 'adopted' as const, assessments: [], withdrawn: [] } : unadopted;
  const item = evolve(known, slimmed(event));
  if (item.status === 'unadopted') throw new Error(`${data.itemId} was not adopted before ${type}`);
  const { level = null, owners = noJudgements, rounds = [] } = document ?? {};
  const shown = listed(item, { _id: data.itemId, tenant: metadata.tenant, level });
  return { ...shown, owners, foundBy: foundBy(shown, owners), times: times + 1, rounds, revision };
}

function parts({ after: item }: SourceChange<ItemDocument>, event: Recorded): Derived<PartOfItem>[] {
  const { data } = event;
  const said = hasWords(event) ? [{ document: saidBy(event) }] : [];
  if (!('assessmentId' in data)) return [inTimes(item, event), ...said];
  return [isOwners(data) ? inTimes(item, event) : contributed(event), inRound(item, event, data.roundId), ...said];
}

function inTimes({ planId: ofPlan, times }: ItemDocument, event: Recorded): Derived<TimesOfItemDocument> {
  const { itemId } = event.data;
  const id = idOfTimes(itemId, times - 1);
  return { id, evolve: (part) => ({ _id: id, itemId, ofPlan, ...withFact(part, event) }) };
}

function contributed(event: Recorded): Derived<ContributionsDocument> {
  const fact = { ...slimmed(event), revision: event.revision };
  const id = idOfContributions(event.data.itemId);
  return { id, evolve: (part) => ({ _id: id, bodies: withContribution(part?.bodies ?? {}, fact) }) };
}

function inRound(item: ItemDocument, event: Recorded, roundId: string): Derived<RoundOfItemDocument> {
  const { itemId } = event.data;
  const id = idOfRound(item, roundId);
  return { id, evolve: (part) => ({ _id: id, itemId, roundId, ...withFact(part, event) }) };
}

function saidBy({ data, metadata, position, revision }: Recorded): SaidDocument {
  const { actor, effectiveOn, recordedAt } = metadata;
  const { itemId, planId: _, ...told } = data;
  return { _id: idOfSaid(itemId, revision), effectiveOn, recordedAt, position, role: actor.role, data: told };
}
