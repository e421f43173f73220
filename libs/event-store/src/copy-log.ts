import { createHash } from 'node:crypto';
import { canonicalJson, LogDamaged, LogsDiffer, startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';
import { appendSize, maxAppendBytes } from './append-size.js';
import type { EventStore } from './event-store.port.js';
import { EventTooLarge } from './event-too-large.js';
import { Revisions } from './revisions.js';

/** Where a log is read from, and where to. */
type Source = Pick<EventStore, 'readAll'>;
type Target = Pick<EventStore, 'append' | 'readAll'>;

export interface CopyOptions {
  /** Ends the copy between two appends. What is copied stays, and the next copy goes on from there. */
  readonly signal?: AbortSignal;
  /** Is told how many events of the target are known to be the source's, in each of the phases. */
  readonly progress?: (events: number, phase: 'comparing' | 'copying' | 'verifying') => void;
  /** Events read at a time. */
  readonly pageSize?: number;
}

export interface CopiedLog {
  /** How many events both logs hold. */
  readonly events: number;
  /** How many of them this copy added. */
  readonly added: number;
  /** SHA-256 in hexadecimal over the canonical JSON of every event, in the order of the log. */
  readonly digest: string;
}

/** Neither the server's limit of an append nor the memory for one is ever reached. */
const eventsPerAppend = 500;
const bytesPerAppend = 500_000;
const defaultPage = 1_000;

/**
 * Copies a log into another store, in its order, with the ids, metadata, streams and revisions of its events; only the
 * positions are those of the target. A target that holds the beginning of the log already, such as after a copy that
 * was interrupted, is compared event by event and then added to. Nobody else may write to either log meanwhile.
 * @throws LogDamaged where a stream of the source lacks an event, and EventTooLarge where one takes more than another
 * store gives it: neither is what comes after it copied;
 * LogsDiffer where the target holds something else, before anything is added to it, or where the two logs are
 * not the same in the end; the reason of the signal where it aborts
 */
export async function copyLog(source: Source, target: Target, options: CopyOptions = {}): Promise<CopiedLog> {
  const { progress = () => {}, pageSize = defaultPage, signal } = options;
  let held = 0;
  const inTarget = eventsOf(target, pageSize);
  const left = runs(remainder(source, inTarget, pageSize, signal, () => progress(++held, 'comparing')));
  let added = 0;
  for await (const { events, stream } of left) {
    signal?.throwIfAborted();
    const expected = events[0]!.revision === 0 ? 'no-stream' : events[0]!.revision - 1;
    await target.append(
      stream,
      events.map(({ data, id, metadata, type }) => ({ id, type, data, metadata })),
      expected,
    );
    added += events.length;
    progress((held += events.length), 'copying');
  }
  return { ...(await verified(source, target, pageSize, signal, (events) => progress(events, 'verifying'))), added };
}

/** A log from its start, or from after a position, page by page. */
async function* eventsOf(log: Source, limit: number): AsyncGenerator<StoredEvent, undefined, undefined> {
  for (let after = startOfLog; ;) {
    const page = await log.readAll({ after, limit });
    yield* page;
    if (page.length === 0) return undefined;
    after = page.at(-1)!.position;
  }
}

/** What the target lacks of the source, once everything that it holds was found to be the same. */
async function* remainder(
  source: Source,
  inTarget: AsyncGenerator<StoredEvent, undefined, undefined>,
  pageSize: number,
  signal: AbortSignal | undefined,
  same: () => void,
): AsyncGenerator<StoredEvent> {
  const revisions = new Revisions();
  let comparing = true;
  let index = 0;
  for await (const event of eventsOf(source, pageSize)) {
    signal?.throwIfAborted();
    const damage = revisions.follow(event);
    if (damage) throw new LogDamaged(damage);
    if (comparing) {
      const { value: counterpart } = await inTarget.next();
      if (counterpart) {
        refuseOther(index++, event, counterpart);
        same();
        continue;
      }
      comparing = false;
    }
    yield event;
  }
  const surplus = comparing ? (await inTarget.next()).value : undefined;
  if (surplus) throw new LogsDiffer(index, undefined, described(surplus));
}

/** Events that follow each other in the log and in one stream, to be appended together. */
async function* runs(
  events: AsyncIterable<StoredEvent>,
): AsyncGenerator<{ readonly stream: string; readonly events: StoredEvent[] }> {
  let run: StoredEvent[] = [];
  let bytes = 0;
  for await (const event of events) {
    const size = appendSize([event]);
    const full = run.length >= eventsPerAppend || bytes + size > bytesPerAppend;
    if (run.length > 0 && (run[0]!.stream !== event.stream || full)) {
      yield { stream: run[0]!.stream, events: run };
      run = [];
      bytes = 0;
    }
    if (size > maxAppendBytes) throw new EventTooLarge(described(event), size, maxAppendBytes);
    run.push(event);
    bytes += size;
  }
  if (run.length > 0) yield { stream: run[0]!.stream, events: run };
}

/** Reads both logs once more from their start, as they are on their disks now. */
async function verified(
  source: Source,
  target: Target,
  pageSize: number,
  signal: AbortSignal | undefined,
  progress: (events: number) => void,
): Promise<Omit<CopiedLog, 'added'>> {
  const inTarget = eventsOf(target, pageSize);
  const digest = createHash('sha256');
  let events = 0;
  for await (const event of eventsOf(source, pageSize)) {
    signal?.throwIfAborted();
    const { value: counterpart } = await inTarget.next();
    digest.update(`${refuseOther(events, event, counterpart)}\n`);
    progress(++events);
  }
  const surplus = (await inTarget.next()).value;
  if (surplus) throw new LogsDiffer(events, undefined, described(surplus));
  return { events, digest: digest.digest('hex') };
}

/** @returns the canonical content of both */
function refuseOther(index: number, event: StoredEvent, counterpart: StoredEvent | undefined): string {
  const content = contentOf(event);
  if (counterpart && contentOf(counterpart) === content) return content;
  throw new LogsDiffer(index, described(event), counterpart && described(counterpart));
}

/** Everything about an event but its position, which is each log's own. */
const contentOf = ({ position: _, ...content }: StoredEvent): string => canonicalJson(content);

const described = ({ id, revision, stream, type }: StoredEvent): string =>
  `${type} ${id}, revision ${revision} of ${stream}`;
