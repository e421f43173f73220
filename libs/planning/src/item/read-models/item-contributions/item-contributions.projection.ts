import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import { onEvery, partId, partsOf, untilAfter } from '#projecting';
import type { Derived, Projection, SourceChange, Until } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { isOwners } from '../../item.js';
import type { JudgementEvent } from '../../item.properties.js';
import { nthTimes } from '../item-status/item-documents.js';
import { slimmed } from '../item-status/slim-events.js';
import { withContribution } from './contributions.js';
import type { Contributions } from './contributions.js';

type Recorded = RecordedEvent<ItemEvent>;
type Contributed = RecordedEvent<JudgementEvent>;

/** What some of the bodies but the owner say of an item now: `item.<bucket>`. Grows with the bodies ÷ 8. */
export interface ContributionsDocument extends Document, Until {
  readonly ofItem: string;
  readonly bucket: number;
  readonly bodies: Contributions;
  /** Of the last of them. */
  readonly revision: number;
}

/** What they said when a document of the item's times began: `item.<bucket>|stood|<nth>`. Written once. */
export interface ContributionsThenDocument extends Document {
  readonly itemId: string;
  readonly bucket: number;
  /** Which of the item's times: the first that something was contributed in since those before. */
  readonly nth: number;
  readonly bodies: Contributions;
}

/** Over so many documents are the bodies of an item spread: an event writes one of them. */
const buckets = 8;
const bucketOf = (bodyId: string): number => Number.parseInt(bodyId.slice(-1), 16) % buckets;
const idOf = (itemId: string, bucket: number): string => `${itemId}.${bucket}`;

/** The ids of the documents that say what is contributed to an item, whichever of them there are. */
export const idsOfContributions = (itemId: string): string[] =>
  Array.from({ length: buckets }, (_, bucket) => idOf(itemId, bucket));

/** Answers: what do other bodies than the owner of the plan say of an item, and what had they said before some of its times? */
export const itemContributions: Projection<ContributionsDocument, ItemEvent, ContributionsThenDocument> = {
  name: 'item-contributions',
  version: 4,
  indexes: [{ fields: ['itemId', 'nth', '_id'] }],
  on: onEvery<ContributionsDocument, (typeof itemEvents)[number], ContributionsThenDocument>(itemEvents, {
    key: ({ data }) => ('assessmentId' in data && !isOwners(data) ? idOf(data.itemId, bucketOf(data.bodyId)) : []),
    evolve: contributed,
    derive: before,
  }),
};

export const contributionsThen = partsOf<ContributionsThenDocument>(itemContributions);

function contributed(document: ContributionsDocument | undefined, event: Recorded): ContributionsDocument {
  const { data, revision } = event as Contributed;
  const fact = { ...slimmed(event), revision };
  const bodies = withContribution(document?.bodies ?? {}, fact);
  const bucket = bucketOf(data.bodyId);
  const reach = untilAfter(document, fact);
  return { _id: idOf(data.itemId, bucket), ofItem: data.itemId, bucket, bodies, ...reach, revision };
}

function before(
  { after, before }: SourceChange<ContributionsDocument>,
  { data: { itemId }, revision }: Recorded,
): Derived<ContributionsThenDocument>[] {
  const nth = nthTimes(revision);
  if (before && nthTimes(before.revision) === nth) return [];
  const { bucket } = after;
  return [{ document: { _id: partId(after, `stood|${nth}`), itemId, bucket, nth, bodies: before?.bodies ?? {} } }];
}
