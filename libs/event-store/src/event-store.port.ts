import type { EventEnvelope, StoredEvent } from '#kernel';
import type { NotedPlace, PlaceStanding } from './log-cursor.js';

/** What an append expects the stream to be at: the revision of its last event, or that it does not exist yet. */
export type ExpectedRevision = number | 'no-stream';

export interface AppendResult {
  /** The revision of the last event of the append. */
  readonly revision: number;
  /** The position of the last event of the append. */
  readonly position: string;
}

export interface AppendOptions {
  /** Send it over this connection alone, since what it rests on was met over it. */
  readonly connection?: number;
  /**
   * Look first whether the stream has lost its beginning, since what the append rests on was read a while ago: of a
   * stream that is trimmed the revisions go on.
   */
  readonly whole?: boolean;
}

export interface ReadStreamOptions {
  /** Only events after this revision. */
  readonly after?: number;
  /** At most so many events, oldest first, and fewer where they fill a page (`maxPageBytes`); all of them when left out. */
  readonly limit?: number;
}

export interface ReadAllOptions {
  /** Only events of this tenant; all of them when left out. */
  readonly tenant?: string;
  /** Only events after this position; from the start when left out. */
  readonly after?: string;
  /** At most so many events, and fewer where they fill a page (`maxPageBytes`). */
  readonly limit: number;
}

export interface SubscribeOptions {
  readonly tenant?: string;
  readonly after?: string;
  /** At most so many events in a batch, and fewer where they fill a page. */
  readonly batchSize?: number;
  /** Ends the subscription. */
  readonly signal: AbortSignal;
}

/**
 * The log: only ever appended to. Others may write to it too: what carries no envelope of ours is passed over, wherever
 * it lies outside of our streams. Every adapter passes the one contract suite (`describeEventStore`).
 * Every method throws `StoreUnavailable` where the store does not answer, and `StoreRefused` where it refuses the user.
 */
export interface EventStore {
  /**
   * Which connection this is: it rises whenever one was lost, or another file has taken the place of the log's. A log is
   * replaced only while connections break, so that what was met over an older connection may be no part of this log.
   */
  readonly connection: number;

  /** How many events of others this store has passed over, each counted once. */
  readonly passedOver: number;

  /**
   * Records events in order, all or none. They are durable when the promise resolves.
   * An append that the stream already holds at that place, by the ids of its events, answers as it did the first time
   * and records nothing. So whoever got no answer (`StoreUnavailable`) sends it again: the same ids, the same `expected`.
   *
   * An id is made from its command and its stream, so that it cannot come with another stream; with another place in its
   * stream it comes only from a caller that has not looked there first. A store may refuse both, and need not.
   * @throws RevisionMismatch where the stream is not at `expected`
   * @throws ConnectionChanged where the store is no longer reached over the connection that was asked for
   * @throws EventIdReused where the store has looked, and an id is in the log already, elsewhere
   * @throws LogDamaged where the store tells that the stream is not whole; where it tells so only with its answer, the
   * events are recorded
   * @throws AppendTooLarge where the events take more than `maxAppendBytes`, or than the store is set to take
   */
  append(
    stream: string,
    events: readonly EventEnvelope[],
    expected: ExpectedRevision,
    options?: AppendOptions,
  ): Promise<AppendResult>;

  /**
   * A stream's events, oldest first; none where there is no such stream.
   * @throws LogDamaged, with what is left, where an event is missing between `after` and the last one, or is none of ours
   */
  readStream(stream: string, options?: ReadStreamOptions): Promise<StoredEvent[]>;

  /**
   * The events of the log in the order of their positions; none only where there are no more.
   * @throws AheadOfLog where the store knows that no event ever stood at the position
   */
  readAll(options: ReadAllOptions): Promise<StoredEvent[]>;

  /**
   * Batches of events in the order of their positions, first those recorded already and then new ones as they come,
   * whichever process records them. Waits for its reader, and reads at most one batch ahead of it.
   * Ends without an error when the signal aborts.
   * @throws AheadOfLog where it is found that the log no longer holds what the subscription has given or was to begin
   * after
   */
  subscribe(options: SubscribeOptions): AsyncIterable<StoredEvent[]>;

  /** Whether the log still is the one that a place was noted of. A place that was trimmed is not another log. */
  standingOf(place: NotedPlace): Promise<PlaceStanding>;

  /** The position of the newest event; `startOfLog` where there is none. Costs the same whatever the log's length. */
  head(): Promise<string>;

  /** Waits for appends under way and lets go of the store. Ends every subscription. */
  close(): Promise<void>;
}
