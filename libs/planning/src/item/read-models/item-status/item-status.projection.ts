import { provenanceOf } from '#kernel';
import type { RecordedEvent } from '#kernel';
import { onEvery, partsOf } from '#projecting';
import type { Derived, Projection, SourceChange } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { aheadAfter, nearOf } from './ahead.js';
import { dayOfAssessment, withFact } from './facts.js';
import type { Facts } from './facts.js';
import { idOfItemThen, idOfSaid, idOfShownThen, idOfTimes, nthTimes } from './item-documents.js';
import type {
  ItemDocument,
  ItemThenDocument,
  PartOfItem,
  SaidDocument,
  ShownThenDocument,
  StoodItem,
  TimesOfItemDocument,
} from './item-documents.js';
import { foundBy } from './listed-item.js';
import { bounded } from './owners-judgements.js';
import { hasWords, slimmed, wordsRestored } from './slim-events.js';
import { spanOf } from './spans.js';
import { standingAfter } from './standing-after.js';

type Recorded = RecordedEvent<ItemEvent>;

/** The order of lists, once the kind is known. */
const inOrder = ['kind', 'sortKey', '_id'];
const wording = ['foundBy.wording.letters', 'foundBy.wording.forgiving'];

/**
 * Answers: how does an item stand, who says so and why, and how did it stand on a day, as was known at an instant?
 *
 * The source is the item as it stands; an event makes or changes the few parts that say what it says. None of them grows
 * with an item's history: `docs/growth.md` tells where each ends.
 */
export const itemStatus: Projection<ItemDocument, ItemEvent, PartOfItem> = {
  name: 'item-status',
  version: 16,
  indexes: [
    {
      fields: [
        'tenant',
        'planId',
        ...inOrder,
        'foundBy.level',
        'lifecycle.value.state',
        'number.value',
        ...wording,
        'until',
      ],
    },
    { fields: ['tenant', 'planId', 'parents.value', ...inOrder, 'foundBy.level', 'until'], list: 'parents.value' },
    { fields: ['tenant', 'planId', 'foundBy.bodies', ...inOrder, 'foundBy.level', 'until'], list: 'foundBy.bodies' },
    { fields: ['planId', 'until', 'known'] },
    { fields: ['ahead.near.planId', 'ahead.near.until', 'ahead.near.known'] },
    { fields: ['days', 'until', 'from', 'since', 'itemId'] },
    { fields: ['instants', 'known', 'since', 'from', 'itemId'] },
  ],
  on: onEvery<ItemDocument, (typeof itemEvents)[number], PartOfItem>(itemEvents, {
    key: ({ data }) => data.itemId,
    evolve: standing,
    derive: parts,
  }),
};

/** The parts of each sort, for whoever reads them. */
export const timesOfItems = partsOf<TimesOfItemDocument>(itemStatus);
export const itemsThen = partsOf<ItemThenDocument>(itemStatus);
export const shownThen = partsOf<ShownThenDocument>(itemStatus);
export const saidOfItems = partsOf<SaidDocument>(itemStatus);

const factOf = (event: Recorded) => ({ ...slimmed(event), revision: event.revision });

function standing(document: ItemDocument | undefined, event: Recorded): ItemDocument {
  const fact = factOf(event);
  const { ahead: _, ...before } = document ?? { ahead: undefined };
  const item = standingAfter(document && (before as ItemDocument), fact, event.metadata.tenant);
  const ahead = aheadAfter(document, event, fact);
  return { ...item, foundBy: foundBy(item, item.owners, document), ...(ahead && { ahead }) };
}

function parts(change: SourceChange<ItemDocument>, event: Recorded): Derived<PartOfItem>[] {
  const said = hasWords(event) ? [{ document: saidBy(event) }] : [];
  return [...whatStood(change, event), inTimes(change, event), ...said];
}

/** What stood before the first fact of a document of times that is not the first. */
function whatStood({ before }: SourceChange<ItemDocument>, { data, revision }: Recorded): Derived<PartOfItem>[] {
  const nth = nthTimes(revision);
  if (!before || nthTimes(before.revision) === nth) return [];
  const { documents, expectedEffects, owners, successors, text, ...counted } = nearOf(before);
  const shown = { documents, expectedEffects, owners, successors, text };
  const stood = { ...counted, owners: bounded(owners, 1) };
  const ahead = before.ahead?.facts;
  return [
    { document: { _id: idOfItemThen(data.itemId, nth), stood, ...(ahead && { ahead }) } },
    { document: { _id: idOfShownThen(data.itemId, nth), shown } },
  ];
}

function inTimes({ before, after }: SourceChange<ItemDocument>, event: Recorded): Derived<TimesOfItemDocument> {
  const { itemId } = event.data;
  const { recordedAt } = event.metadata;
  const { known, planId } = after;
  const { until } = nearOf(after);
  const nth = nthTimes(event.revision);
  const id = idOfTimes(itemId, nth);
  return {
    id,
    evolve: (part) => {
      const day = seenOn(event, part, before);
      const from = earlier(part?.from ?? (before ? nearOf(before).until : ''), day);
      const since = earlier(part?.since ?? before?.known ?? '', recordedAt);
      const [days, instants] = [spanOf(planId, from, until), spanOf(planId, since, known)];
      const reach = { from, until, since, known, ...(days && { days }), ...(instants && { instants }) };
      return { ...withFact(part, event, day), _id: id, itemId, nth, ...reach };
    },
  };
}

/**
 * As of which day an event is seen: what corrects or withdraws an assessment, as of the day of that. It says so itself where
 * it names what it corrects; what was recorded before that was asked of it may speak of any day.
 * @returns empty where only the facts tell
 */
function seenOn({ data, metadata, type }: Recorded, part: Facts | undefined, before: StoodItem | undefined): string {
  const isOfItsDay = !('assessmentId' in data) || type === 'ItemAssessed' || metadata.corrects !== undefined;
  if (isOfItsDay) return metadata.effectiveOn;
  const { assessmentId } = data;
  const owners = before?.owners.newest.find((one) => one.assessmentId === assessmentId);
  return owners?.on ?? dayOfAssessment(part, assessmentId) ?? '';
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

function saidBy({ data, metadata, position, revision }: Recorded): SaidDocument {
  const { actor, effectiveOn, recordedAt } = metadata;
  const told = 'restores' in data ? { ...wordsRestored(data) } : untoldElsewhere(data);
  const head = { effectiveOn, recordedAt, position, role: actor.role, ...provenanceOf(metadata) };
  return { _id: idOfSaid(data.itemId, revision), ...head, data: told };
}

/** What whoever looks up what an event says does not know already. */
function untoldElsewhere({ itemId: _item, planId: _plan, ...said }: ItemEvent['data']): SaidDocument['data'] {
  if (!('assessmentId' in said)) return said;
  const { assessmentId: _assessment, capacity: _capacity, ...judgement } = said;
  return judgement;
}
