import type { Document, Filter } from '#document-store';
import { streamName } from '#kernel';
import type { DomainEvent } from '#kernel';
import { seenInPart, seenWhole } from '#projecting';
import type { Moment, Projection, ReadModels, Replay, Until } from '#projecting';
import { mergedPage } from './merged-page.js';
import type { PagePart } from './page-query.js';

/** What one stream of a tenant tells, sorted among its like by `sortKey`. Its id is that of the stream. */
type SortedDocument = Document & Until & { readonly tenant: string; readonly sortKey: string };

/** Which documents are asked for. */
interface Asked<Doc> {
  /** What never changes of them: the tenant with it. */
  readonly all: Filter & { readonly tenant: string };
  /** What does, as the store is asked for it. */
  readonly some?: Filter;
  /** The same of a document. */
  readonly holds?: (document: Doc) => boolean;
}

/** A document as it was at the moment; undefined where it was not there. */
type Then<Doc> = (document: Doc) => Doc | undefined | Promise<Doc | undefined>;

/** Folds documents from their streams as they were at a moment. @param category of their streams */
export const replayedAt =
  <Doc extends SortedDocument, Event extends DomainEvent>(
    replay: Replay,
    { category, projection }: { readonly category: string; readonly projection: Projection<Doc, Event> },
    moment: Moment,
  ): Then<Doc> =>
  ({ _id, tenant }) =>
    replay.document(projection, streamName(tenant, category, _id), moment);

/**
 * A page of documents as they were at a moment: those of which it does not see all, each as it was then, sorted in among the
 * others.
 */
export async function pageAt<Doc extends SortedDocument, Event extends DomainEvent>(
  readModels: ReadModels,
  projection: Projection<Doc, Event>,
  thenOf: Then<Doc>,
  { all, holds = () => true, some = {} }: Asked<Doc>,
  { moment, part }: { readonly moment: Moment; readonly part: PagePart },
): Promise<{ readonly items: readonly Doc[]; readonly total: number }> {
  const apart = await Promise.all(seenInPart(moment).map((reach) => readModels.find(projection, { ...all, ...reach })));
  const found = apart.flat();
  const then = await Promise.all(found.map(async (document) => thenOf(document)));
  const others = then
    .filter((document) => document !== undefined)
    .filter(holds)
    .sort(compare);
  const filter = { ...all, ...some, ...(found.length > 0 && seenWhole(moment)) };
  const total = await readModels.count(projection, filter);
  const read = ({ limit, offset: skip }: PagePart) =>
    readModels.find(projection, filter, { sort: { sortKey: 1 }, skip, limit });
  return mergedPage({ total, read }, others, part, compare);
}

function compare(one: SortedDocument, other: SortedDocument): number {
  if (one.sortKey !== other.sortKey) return one.sortKey < other.sortKey ? -1 : 1;
  return one._id < other._id ? -1 : Number(one._id > other._id);
}
