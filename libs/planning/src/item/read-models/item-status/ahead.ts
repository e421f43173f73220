import { dayInSweden } from '#kernel';
import type { RecordedEvent } from '#kernel';
import type { ItemEvent } from '../../item.events.js';
import { isOwners } from '../../item.js';
import { isJudgement } from '../../item.properties.js';
import { dayOfAssessment, factsIn, noFacts, withFact } from './facts.js';
import type { Fact } from './facts.js';
import type { Ahead, CountedThen, ItemDocument, StoodItem } from './item-documents.js';
import { plusDays } from './spans.js';
import { standingAfter } from './standing-after.js';

/** A day that comes so many days after it was spoken of is far ahead. */
const farDays = 92;
/** So many facts are kept apart: where there are more, none is. */
const mostApart = 8;

/** An item without what is said of days far ahead. */
export function nearOf({ ahead, foundBy: _, ...item }: ItemDocument): StoodItem {
  return ahead?.near ?? item;
}

/** What is said of days far ahead after one more event. @param before the item before it */
export function aheadAfter(
  before: ItemDocument | undefined,
  event: RecordedEvent<ItemEvent>,
  fact: Fact,
): Ahead | undefined {
  // Of an item that was cancelled, its facts tell alone.
  if (!before || fact.type === 'ItemCancelled') return undefined;
  const known = before.ahead ?? { near: nearOf(before), facts: noFacts };
  const today = dayInSweden(new Date(event.metadata.recordedAt));
  const day = dayAhead(known, fact, today);
  if (day !== undefined) {
    const facts = withFact(known.facts, event, day);
    return facts.rows.length > mostApart ? undefined : { ...known, facts };
  }
  const last = fact.effectiveOn > today ? fact.effectiveOn : today;
  const later = known.facts.rows.filter(([, , on]) => on > last);
  if (later.length === 0) return undefined;
  // What has come near is said before what is said of its day since.
  const due = factsIn(known.facts, before._id, { asOf: last });
  return { near: withFacts(known.near, [...due, fact], before.tenant), facts: { ...known.facts, rows: later } };
}

/** The day far ahead that a fact is seen as of; undefined where it is of none. What others contribute is kept elsewhere. */
function dayAhead({ facts, near }: Ahead, fact: Fact, today: string): string | undefined {
  if (isJudgement(fact)) {
    const day = dayOfAssessment(facts, fact.data.assessmentId);
    if (day !== undefined || fact.type !== 'ItemAssessed' || !isOwners(fact.data)) return day;
  }
  // The order of successors is that of the record, and what a retraction restores is what held when it was recorded.
  if (fact.type === 'ItemSucceeded' || fact.type === 'ItemRevisionRetracted') return undefined;
  const day = fact.effectiveOn;
  return day > near.until && day > plusDays(today, farDays) ? day : undefined;
}

/** An item as it stands after some facts more. @param facts in the order of the record, of which some may come before it */
export function withFacts<Item extends CountedThen>(before: Item, facts: readonly Fact[], tenant: string): Item {
  const after = facts.reduce((known, fact) => standingAfter(known, fact, tenant), before);
  return after.revision < before.revision ? { ...after, revision: before.revision } : after;
}
