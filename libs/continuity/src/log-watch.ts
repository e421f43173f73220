import type { DocumentStore } from '#document-store';
import type { EventStore, LogCursor, NotedPlace } from '#event-store';
import { canonicalJson, LogReplaced, pause } from '#kernel';
import type { Clock } from '#kernel';
import type { AcceptanceRecord } from './acceptance-record.js';
import { KnownLogRecord } from './known-log.js';
import type { Acceptance, KnownLog, Replacement } from './known-log.js';

/** Where it is told that the log was replaced. */
export interface WatchLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface LogWatchOptions {
  readonly clock: Clock;
  readonly logger?: WatchLogger;
  /** How often it is looked what other processes have found. */
  readonly milliseconds?: number;
}

const everyMilliseconds = 1_000;
/** So many looks pass until what is known is looked for in the log though nothing gave reason to. */
const looksUnasked = 10;

/**
 * Whether the log is still the one that this installation has written.
 *
 * An event that was met is the witness: a log that lacks it is another one, or an older copy. It is looked for after each
 * new connection, before anything is appended, and now and then. The processes share the newest witness and what they
 * have found, so that one that has met little stops with the others, and goes on with them.
 */
export class LogWatch {
  readonly #record: KnownLogRecord;
  readonly #stopping = new AbortController();
  readonly #milliseconds: number;
  /** The newest event that was met here. */
  #newest: LogCursor | undefined;
  #known: KnownLog = {};
  #connection: number | undefined;
  #proven: LogCursor | undefined;
  /** Whether it was ever learnt what the processes know of the log. */
  #hasRead = false;
  /** What is known here could not be shared yet. */
  #unshared = false;
  #looking: Promise<void> | undefined;
  #looks = 0;
  #told: string | undefined;
  #changing = new AbortController();
  #running: Promise<void> | undefined;

  constructor(
    private readonly store: Pick<EventStore, 'connection' | 'standingOf'>,
    documents: DocumentStore,
    private readonly acceptances: Pick<AcceptanceRecord, 'newest'>,
    private readonly options: LogWatchOptions,
  ) {
    this.#record = new KnownLogRecord(documents);
    this.#milliseconds = options.milliseconds ?? everyMilliseconds;
  }

  /** Begins to look by itself. `stop` ends it. */
  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** The log that was accepted last; undefined where it is the first one. Caches, places and documents of another are of no use. */
  get accepted(): Acceptance | undefined {
    return this.#known.accepted;
  }

  /** Aborts when it is found to be another, when the right one is back, and when another is accepted. */
  get changed(): AbortSignal {
    return this.#changing.signal;
  }

  get replaced(): Replacement | undefined {
    return this.#known.replaced;
  }

  /** The connection over which the log was found to be the same. */
  get connection(): number | undefined {
    return this.#connection;
  }

  /** @throws LogReplaced */
  refuseReplaced(): void {
    const { replaced } = this;
    if (replaced) throw new LogReplaced(inWords(replaced.lost), replaced.since);
  }

  /** Notes an event of the log that was met. Before the log was found to be the same it proves nothing. */
  met(cursor: LogCursor): void {
    if (this.#connection !== this.store.connection || this.replaced) return;
    if (!this.#newest || cursor.position > this.#newest.position) this.#newest = cursor;
  }

  /**
   * Makes sure that the log which is connected now is the one that is known. Costs nothing where that was done already.
   * @throws LogReplaced; StoreUnavailable where the log does not answer, or where the documents have not since the process
   * began: a log that was never compared with what is known of it takes nothing
   */
  async prove(): Promise<void> {
    // A look under way that fails says as much as another one would: nobody waits for two.
    while (this.#connection !== this.store.connection) await (this.#looking ?? this.look());
    this.refuseReplaced();
  }

  /**
   * Is told of a place that may not be in the log.
   * @param log the id of the acceptance of the log that it was noted of
   * @throws LogReplaced where it was noted of this log, and is not in it
   */
  async check(place: NotedPlace, log: string | undefined): Promise<void> {
    await this.#once(() => this.#compare({ place, log }));
    this.refuseReplaced();
  }

  /** Looks what the other processes have found, and where there is reason to, whether the log is the same. */
  look(): Promise<void> {
    return this.#once(() => this.#compare());
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await pause(this.#milliseconds, signal);
      // Whoever appends is told of a store that is away; here the next look is soon.
      await this.look().catch(() => undefined);
    }
  }

  /** One look at a time; who asks meanwhile gets one that begins after that. */
  async #once(work: () => Promise<void>): Promise<void> {
    while (this.#looking) await this.#looking.catch(() => undefined);
    this.#looking = work();
    try {
      await this.#looking;
    } finally {
      this.#looking = undefined;
    }
  }

  async #compare(asked?: { readonly place: NotedPlace; readonly log: string | undefined }): Promise<void> {
    const { connection } = this.store;
    const stored = await this.#read();
    if (stored && !this.#unshared) this.#follow(stored.known);
    const places = asked && asked.log === this.accepted?.eventId ? [asked.place] : [];
    const own = this.#newest;
    const isNew = connection !== this.#connection;
    const due = isNew || this.#unshared || this.replaced !== undefined || own !== this.#proven || places.length > 0;
    if (!due && ++this.#looks % looksUnasked !== 0) return;
    const lost = await this.#newestLost([own, this.#known.newest, this.replaced?.lost, ...places]);
    // The log itself knows best which one it is, where the documents are older copies.
    const accepted = isNew && !lost ? await this.acceptances.newest() : undefined;
    // What was read over a connection that has gone since proves nothing.
    if (connection !== this.store.connection && !lost) return;
    this.#connection = this.store.connection;
    this.#proven = own;
    await this.#share(this.#conclusion(lost, own, accepted ?? this.accepted), stored?.version);
  }

  /** What is known when it is settled which of the witnesses the log lacks. */
  #conclusion(lost: NotedPlace | undefined, own: LogCursor | undefined, accepted: Acceptance | undefined): KnownLog {
    const { newest, replaced } = this.#known;
    const newer = !lost && own && (!newest || own.position > newest.position) ? own : newest;
    const since = replaced?.since ?? this.options.clock.now().toISOString();
    return {
      ...(accepted && { accepted }),
      ...(newer && { newest: newer }),
      ...(lost && { replaced: { since, lost } }),
    };
  }

  async #newestLost(witnesses: readonly (NotedPlace | undefined)[]): Promise<NotedPlace | undefined> {
    const there = witnesses.filter((place) => place !== undefined);
    const newestFirst = there.sort((one, other) => (one.position < other.position ? 1 : -1));
    const seen = new Set<string>();
    for (const place of newestFirst) {
      const key = `${place.position} ${place.eventId}`;
      if (seen.has(key)) continue;
      seen.add(key);
      if ((await this.store.standingOf(place)) === 'replaced') return place;
    }
    return undefined;
  }

  /** Lets the others know. One that has written meanwhile knew it already, or is told at the next look. */
  async #share(known: KnownLog, version: number | undefined): Promise<void> {
    const before = this.#known;
    this.#known = known;
    this.#tell();
    if (!this.#unshared && canonicalJson(known) === canonicalJson(before)) return;
    const written = await this.#record.write(known, version).catch(() => false);
    this.#unshared = !written && known.replaced !== undefined && before.replaced === undefined;
  }

  #follow(known: KnownLog): void {
    if (known.accepted && known.accepted.eventId !== this.accepted?.eventId) {
      // What was met in the log that is gone is no witness of this one.
      this.#newest = undefined;
      this.#proven = undefined;
    }
    this.#known = known;
    this.#tell();
  }

  /**
   * Where the documents do not answer, what was known last stands.
   * @throws StoreUnavailable where they never did, so that nothing is known that the log could be compared with
   */
  async #read(): Promise<Awaited<ReturnType<KnownLogRecord['read']>> | undefined> {
    try {
      const stored = await this.#record.read();
      this.#hasRead = true;
      return stored;
    } catch (error) {
      if (!this.#hasRead) throw error;
      return undefined;
    }
  }

  #tell(): void {
    const { accepted, replaced } = this.#known;
    const told = `${replaced?.since} ${accepted?.eventId}`;
    if (told === this.#told) return;
    const first = this.#told === undefined;
    this.#told = told;
    this.#changing.abort();
    this.#changing = new AbortController();
    const { logger } = this.options;
    if (replaced) logger?.error({ lost: replaced.lost, since: replaced.since }, 'the log is another one than before');
    else if (!first) logger?.info({ accepted: accepted?.eventId }, 'the log is the one that is known');
  }
}

/** A place that was lost, for people. */
export function inWords({ eventId, position, revision, stream }: NotedPlace): string {
  return eventId === undefined
    ? `an event at ${position}`
    : `the event ${eventId} (revision ${revision} of ${stream}, at ${position})`;
}
