import { webcrypto } from 'node:crypto';
import type { EventStore } from '#event-store';
import { CorruptEvent, LogDamaged, NotFound, startOfLog, streamName, TimeSlices } from '#kernel';
import type { EventCatalog, JsonObject, RecordedEvent, StoredEvent } from '#kernel';
import { currentRule } from '#rounds';
import type { RoundEvent, RoundFrozen, SnapshotReissued } from '#rounds';
import type { Snapshot } from '../format/snapshot.js';
import { canonicalInSlices } from './canonical-in-slices.js';
import { eventsOfStreams } from './events-of-streams.js';
import type { SnapshotFold, SnapshotOfFold, SnapshotRule, SnapshotSubject } from './snapshot-rule.js';
import { snapshotRules } from './snapshot-rules.js';

/** Which snapshot: an issue of a round, or `now` for the same fold of everything that is known. */
export interface SnapshotBound {
  readonly tenant: string;
  readonly roundId: string;
  readonly issue: number | 'now';
}

export interface FoldedSnapshot {
  readonly snapshot: Snapshot;
  /** The snapshot in its one form (RFC 8785), in UTF-8. */
  readonly bytes: Buffer;
  /** Of the bytes, in lower-case hexadecimal. */
  readonly sha256: string;
  readonly rule: number;
  readonly planId: string;
  /** How many events of the log were read. */
  readonly events: number;
  /** The position of the event that bounds it. */
  readonly end: string;
}

/** What a fold reads of the log. */
export type SnapshotLog = Pick<EventStore, 'readAll' | 'readStream' | 'head'>;

/** Names the streams that a plan's snapshots rest on. */
export interface StreamsOfPlan {
  /**
   * @param end the position of an event: streams that concern the plan later are left out
   * @returns the names, in no order; undefined where nobody can tell them all
   */
  of(tenant: string, planId: string, end: string): Promise<readonly string[] | undefined>;
}

export interface FoldOptions {
  /**
   * Names what is read. Where it is left out or cannot tell, or where one of the streams is not whole, the log is looked through
   * from its start instead: it may still hold what its streams have lost.
   */
  readonly streams?: StreamsOfPlan;
  /**
   * Told after every page how many events have been read, and how many there are in all: an estimate from the places of
   * those in the log, which comes true at the end.
   */
  readonly read?: (events: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const pageSize = 2_000;

/**
 * Folds what the log says of a plan up to and including the event that bounds an issue. The same log gives the same bytes,
 * whichever store holds it and whenever it is asked.
 * @throws NotFound where the round does not exist, or has no such issue; CorruptEvent where an event cannot be read
 */
export async function foldSnapshot(
  log: SnapshotLog,
  catalog: EventCatalog,
  bound: SnapshotBound,
  options: FoldOptions = {},
): Promise<FoldedSnapshot> {
  const found = await boundOf(log, catalog, bound);
  const rule = snapshotRules[found.rule];
  if (!rule) throw new NotFound('snapshot rule', String(found.rule));
  const { planId, tenant } = found.subject;
  const streams = await options.streams?.of(tenant, planId, found.end);
  const { read, signal } = options;
  const { events, fold } = await foldOf({ ...found, rule, log, catalog, streams, read, signal });
  const slices = new TimeSlices();
  const { snapshot } = await withOtherPlans(log, catalog, fold, rule, found, slices);
  const text = await canonicalInSlices(snapshot, slices);
  await slices.next();
  const bytes = Buffer.from(text, 'utf8');
  const sha256 = await sha256Of(bytes);
  return {
    // As a reader of the bytes has it, without what the canonical form leaves out; few want it.
    get snapshot() {
      return JSON.parse(text) as Snapshot;
    },
    bytes,
    sha256,
    rule: rule.version,
    planId,
    events,
    end: found.end,
  };
}

/**
 * What the plan's items rest on or became may lie in other plans, whose own streams tell what it was called. They are
 * asked for once: the answer leads to nothing further.
 */
async function withOtherPlans(
  log: SnapshotLog,
  catalog: EventCatalog,
  fold: SnapshotFold,
  rule: SnapshotRule,
  { end, subject: { planId, tenant } }: FoundBound,
  slices: TimeSlices,
): Promise<SnapshotOfFold> {
  const result = await fold.result(slices);
  if (result.unknown.length === 0) return result;
  for (const name of result.unknown) {
    for (const stored of await log.readStream(`${tenant}.${name}`)) {
      if (stored.position > end) continue;
      const event = catalog.decode<JsonObject>(stored);
      if (!rule.concerns(event, planId)) fold.take(event);
    }
  }
  return fold.result(slices);
}

/** SHA-256 in lower-case hexadecimal, taken in a thread of the platform's own. */
export const sha256Of = async (bytes: Uint8Array): Promise<string> =>
  Buffer.from(await webcrypto.subtle.digest('SHA-256', bytes)).toString('hex');

interface FoundBound {
  readonly subject: SnapshotSubject;
  /** The last position that counts. */
  readonly end: string;
  readonly rule: number;
}

/** The round's own stream says what its plan is, and which event bounds the issue under which rule. */
async function boundOf(
  log: SnapshotLog,
  catalog: EventCatalog,
  { issue, roundId, tenant }: SnapshotBound,
): Promise<FoundBound> {
  const [first, ...others] = await log.readStream(streamName(tenant, 'round', roundId));
  if (!first) throw new NotFound('round', roundId);
  const { planId } = catalog.decode<RoundEvent['data']>(first).data;
  const bounds = others
    .filter(({ type }) => type === 'RoundFrozen' || type === 'SnapshotReissued')
    .map((stored) => catalog.decode(stored) as unknown as RecordedEvent<RoundFrozen | SnapshotReissued>);
  if (issue === 'now') {
    const rule = bounds.at(-1)?.data.rule ?? currentRule;
    return { subject: { tenant, roundId, planId, bound: undefined }, end: await log.head(), rule };
  }
  const bound = bounds.find(({ data }) => data.issue === issue);
  if (!bound) throw new NotFound('issue of the round', String(issue));
  const { position } = bound;
  return {
    subject: { tenant, roundId, planId, bound },
    end: position,
    rule: bound.data.rule,
  };
}

interface Folding extends Omit<FoundBound, 'rule'> {
  readonly log: SnapshotLog;
  readonly catalog: EventCatalog;
  readonly rule: SnapshotRule;
  readonly read: FoldOptions['read'];
  readonly signal: AbortSignal | undefined;
}

/** A fold of everything that concerns the plan, and how many events were read for it. */
interface Folded {
  readonly fold: SnapshotFold;
  readonly events: number;
}

async function foldOf({ streams, ...folding }: Folding & { streams: readonly string[] | undefined }): Promise<Folded> {
  const { end, log, signal } = folding;
  if (streams) {
    try {
      return await taken(folding, eventsOfStreams(log, streams, end, { signal }));
    } catch (error) {
      if (!(error instanceof LogDamaged)) throw error;
    }
  }
  return taken(folding, eventsOfTenant(folding));
}

async function taken(
  { catalog, end, read, rule, subject }: Folding,
  batches: AsyncIterable<readonly StoredEvent[]>,
): Promise<Folded> {
  const fold = rule.begin(subject);
  const reads = new Set(rule.reads);
  const slices = new TimeSlices();
  let events = 0;
  for await (const batch of batches) {
    for (const stored of batch) {
      const event = reads.has(stored.type) ? concerning(stored, catalog, rule, subject.planId) : undefined;
      if (event) fold.take(event);
      if (slices.isOver) await slices.next();
    }
    events += batch.length;
    const at = batch.at(-1)?.position;
    if (at !== undefined) read?.(events, Math.max(events, Math.round((events * Number(end)) / Number(at))));
  }
  read?.(events, events);
  return { fold, events };
}

/** Everything that the log holds of the tenant up to the bound. */
async function* eventsOfTenant({
  end,
  log,
  signal,
  subject: { tenant },
}: Folding): AsyncGenerator<readonly StoredEvent[], void, undefined> {
  for (let after = startOfLog; after < end;) {
    signal?.throwIfAborted();
    const page = await log.readAll({ tenant, after, limit: pageSize });
    if (page.length === 0) return;
    yield page.filter(({ position }) => position <= end);
    after = page.at(-1)!.position;
  }
}

/**
 * An event that concerns the plan, in its newest form.
 * @throws CorruptEvent where it cannot be read. What it says all the same tells whether it concerns the plan
 */
function concerning(
  stored: StoredEvent,
  catalog: EventCatalog,
  rule: SnapshotRule,
  planId: string,
): RecordedEvent | undefined {
  try {
    const event = catalog.decode<JsonObject>(stored);
    return rule.concerns(event, planId) ? event : undefined;
  } catch (error) {
    if (error instanceof CorruptEvent && !rule.concerns(stored, planId)) return undefined;
    throw error;
  }
}
