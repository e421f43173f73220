import type { RecordedEvent } from '#kernel';
import { onEvery, partsOf } from '#projecting';
import type { Derived, Projection, SourceChange } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { withFact } from './facts.js';
import { idOfItemThen, idOfSaid, idOfTimes, nthTimes } from './item-documents.js';
import type {
  ItemDocument,
  ItemThenDocument,
  PartOfItem,
  SaidDocument,
  TimesOfItemDocument,
} from './item-documents.js';
import { foundBy } from './listed-item.js';
import { hasWords, slimmed } from './slim-events.js';
import { spanOf } from './spans.js';
import { standingAfter } from './standing-after.js';

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
  version: 9,
  indexes: [
    { fields: ['tenant', 'planId', ...inOrder, 'foundBy.level', 'lifecycle.value.state', 'number.value', wording] },
    { fields: ['tenant', 'planId', 'parents.value', ...inOrder, 'foundBy.level'], list: 'parents.value' },
    { fields: ['tenant', 'planId', 'foundBy.bodies', ...inOrder, 'foundBy.level'], list: 'foundBy.bodies' },
    { fields: ['planId', 'until', 'known'] },
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
export const saidOfItems = partsOf<SaidDocument>(itemStatus);

const factOf = (event: Recorded) => ({ ...slimmed(event), revision: event.revision });

function standing(document: ItemDocument | undefined, event: Recorded): ItemDocument {
  const item = standingAfter(document, factOf(event), event.metadata.tenant);
  return { ...item, foundBy: foundBy(item, item.owners) };
}

function parts(change: SourceChange<ItemDocument>, event: Recorded): Derived<PartOfItem>[] {
  const said = hasWords(event) ? [{ document: saidBy(event) }] : [];
  return [...whatStood(change, event), inTimes(change, event), ...said];
}

/** What stood before the first fact of a document of times that is not the first. */
function whatStood({ before }: SourceChange<ItemDocument>, { data, revision }: Recorded): Derived<ItemThenDocument>[] {
  const nth = nthTimes(revision);
  if (!before || nthTimes(before.revision) === nth) return [];
  const { foundBy: _, ...stood } = before;
  return [{ document: { _id: idOfItemThen(data.itemId, nth), stood } }];
}

function inTimes({ before, after }: SourceChange<ItemDocument>, event: Recorded): Derived<TimesOfItemDocument> {
  const { itemId } = event.data;
  const { effectiveOn, recordedAt } = factOf(event);
  const { known, planId, until } = after;
  const nth = nthTimes(event.revision);
  const id = idOfTimes(itemId, nth);
  return {
    id,
    evolve: (part) => {
      const from = earlier(part?.from ?? before?.until ?? '', effectiveOn);
      const since = earlier(part?.since ?? before?.known ?? '', recordedAt);
      const [days, instants] = [spanOf(planId, from, until), spanOf(planId, since, known)];
      const reach = { from, until, since, known, ...(days && { days }), ...(instants && { instants }) };
      return { ...withFact(part, event), _id: id, itemId, nth, ...reach };
    },
  };
}

const earlier = (one: string, other: string): string => (one < other ? one : other);

function saidBy({ data, metadata, position, revision }: Recorded): SaidDocument {
  const { actor, effectiveOn, recordedAt } = metadata;
  const { itemId, planId: _, ...told } = data;
  return { _id: idOfSaid(itemId, revision), effectiveOn, recordedAt, position, role: actor.role, data: told };
}
