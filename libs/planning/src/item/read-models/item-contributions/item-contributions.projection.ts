import type { Document } from '#document-store';
import type { RecordedEvent } from '#kernel';
import { onEvery, partId, partsOf } from '#projecting';
import type { Derived, Projection, SourceChange } from '#projecting';
import { itemEvents } from '../../item.events.js';
import type { ItemEvent } from '../../item.events.js';
import { isOwners } from '../../item.js';
import { nthTimes, untilAfter } from '../item-status/item-documents.js';
import type { Until } from '../item-status/item-documents.js';
import { slimmed } from '../item-status/slim-events.js';
import { withContribution } from './contributions.js';
import type { Contributions } from './contributions.js';

type Recorded = RecordedEvent<ItemEvent>;

/** What other bodies than the owner say of an item now. Grows with the bodies. Its id is the item's. */
export interface ContributionsDocument extends Document, Until {
  readonly bodies: Contributions;
  /** Of the last of them. */
  readonly revision: number;
}

/** What they said when a document of the item's times began: `item|stood|<nth>`. Written once. */
export interface ContributionsThenDocument extends Document {
  readonly itemId: string;
  /** Which of the item's times: the first that something was contributed in since those before. */
  readonly nth: number;
  readonly bodies: Contributions;
}

/** Answers: what do other bodies than the owner of the plan say of an item, and what had they said before some of its times? */
export const itemContributions: Projection<ContributionsDocument, ItemEvent, ContributionsThenDocument> = {
  name: 'item-contributions',
  version: 1,
  indexes: [{ fields: ['itemId', 'nth'] }],
  on: onEvery<ContributionsDocument, (typeof itemEvents)[number], ContributionsThenDocument>(itemEvents, {
    key: ({ data }) => ('assessmentId' in data && !isOwners(data) ? data.itemId : []),
    evolve: contributed,
    derive: before,
  }),
};

export const contributionsThen = partsOf<ContributionsThenDocument>(itemContributions);

function contributed(document: ContributionsDocument | undefined, event: Recorded): ContributionsDocument {
  const { data, revision } = event;
  const fact = { ...slimmed(event), revision };
  const bodies = withContribution(document?.bodies ?? {}, fact);
  return { _id: data.itemId, bodies, ...untilAfter(document, fact), revision };
}

function before(
  { before }: SourceChange<ContributionsDocument>,
  { data: { itemId }, revision }: Recorded,
): Derived<ContributionsThenDocument>[] {
  const nth = nthTimes(revision);
  if (before && nthTimes(before.revision) === nth) return [];
  return [{ document: { _id: partId(itemId, `stood|${nth}`), itemId, nth, bodies: before?.bodies ?? {} } }];
}
