import type { LogWatch } from '#continuity';
import type { Document, DocumentStore } from '#document-store';
import { cursorOf } from '#event-store';
import type { EventStore, NotedPlace } from '#event-store';
import { jobIdOf } from '#jobs';
import type { JobLogger, Jobs, NewJob } from '#jobs';
import { describeError, pause, say, startOfLog, ToldFaults } from '#kernel';
import type { StoredEvent } from '#kernel';
import type { DueWork } from './due-work.js';
import { WorkUndone } from './work-undone.js';

export interface EventJobsOptions {
  readonly eventStore: EventStore;
  /** Whether the log is the one in which places were noted. */
  readonly log: Pick<LogWatch, 'accepted' | 'changed' | 'check' | 'prove'>;
  readonly documentStore: DocumentStore;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  /**
   * The job that an event leads to, if it does. Always the same for the same event, under a key of its own. Throws where the
   * event cannot be read.
   */
  readonly jobOf: (event: StoredEvent) => NewJob | undefined;
  readonly logger: JobLogger;
}

/** Long ago it was noted by its position alone. */
interface Place extends Document, NotedPlace {
  readonly version: number;
  /** The acceptance of the log that it was noted of; missing where that is the first one. */
  readonly log?: string;
}

interface Undone {
  readonly job: NewJob;
  /** The event before the one that led to it: whoever begins there meets it again. */
  readonly after: NotedPlace;
}

interface Unread {
  readonly event: StoredEvent;
  readonly after: NotedPlace;
}

const collection = 'event-jobs';
const id = 'done';
/** How many events are met before the place is noted. */
const noteEvery = 1_000;
const longestPause = 5_000;
const beginning: NotedPlace = { position: startOfLog };
/** What is recorded is met in a moment. */
const metWithinMilliseconds = 5_000;
/** How many jobs are seen to at once: the place is held back by the oldest. */
const mostDue = 200;

/**
 * Leaves the jobs that events lead to, and remembers each until it is done. The log says what has to be done: the place
 * that is noted is the one up to which every job is done, not merely left, so that nothing is forgotten where a process
 * dies, or the queue loses what it was given. An event may be met again, and its job's key then leads to the job that is
 * there. So any number may run at once.
 */
export class EventJobs implements DueWork {
  readonly mayBeRefused = false;
  readonly #stopping = new AbortController();
  readonly #faults = new ToldFaults();
  /** By the id of the job. */
  readonly #undone = new Map<string, Undone>();
  /** Events that cannot be read, by their ids: nobody knows what they lead to, until somebody mends that. */
  readonly #unread = new Map<string, Unread>();
  #running: Promise<void> | undefined;
  /** The last event that was met. */
  #met = beginning;
  /** The acceptance of the log that it was met in. */
  #log: string | undefined;
  /** What the log held when it was last begun to be met; undefined while it cannot be. */
  #mustReach: string | undefined;
  /** A head of the log that somebody has asked about, and when. */
  #expected = { head: startOfLog, since: 0 };
  #unnoted = 0;

  constructor(private readonly options: EventJobsOptions) {}

  /** Begins. Returns at once; `stop` ends it. */
  start(): void {
    this.#running ??= this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  /** The position up to which every event has been met. */
  get position(): string {
    return this.#met.position;
  }

  async due(): Promise<readonly NewJob[]> {
    for (const { after, event } of [...this.#unread.values()].slice(0, mostDue)) await this.#lead(event, after);
    return [...this.#undone.values()].slice(0, mostDue).map(({ job }) => job);
  }

  async settle(completed: readonly NewJob[]): Promise<void> {
    for (const job of completed) this.#undone.delete(jobIdOf(job));
    if (completed.length > 0) await this.#note();
  }

  /** @throws WorkUndone where events may have led to work that is not known yet; StoreUnavailable */
  async check(): Promise<void> {
    const head = await this.options.eventStore.head();
    const isMet = (position: string | undefined) => position !== undefined && this.#met.position >= position;
    if (isMet(this.#expected.head)) this.#expected = { head, since: performance.now() };
    const isLate = performance.now() - this.#expected.since > metWithinMilliseconds;
    if (!isMet(this.#mustReach) || (isLate && !isMet(this.#expected.head))) {
      throw new WorkUndone(notRead());
    }
    const [unread] = this.#unread.values();
    if (unread) {
      const { id: eventId, stream, type } = unread.event;
      throw new WorkUndone(unreadable({ eventId, type, stream }));
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        await this.#begin();
        const other = this.options.log.changed;
        const following = { after: this.#met.position, signal: AbortSignal.any([signal, other]) };
        for await (const batch of this.options.eventStore.subscribe(following)) {
          // What comes of a log that is another by now leads to nothing here.
          if (other.aborted) break;
          await this.#take(batch);
          failures = 0;
          this.#faults.forget();
        }
      } catch (error) {
        failures++;
        this.#mustReach = undefined;
        this.#tell(error);
        await pause(Math.min(100 * 2 ** failures, longestPause), signal);
      }
    }
  }

  #tell(error: unknown): void {
    if (this.#faults.isNews(error)) {
      this.options.logger.warn({ error: describeError(error) }, 'the jobs that events lead to wait for a store');
    }
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    for (const event of batch) {
      await this.#lead(event, this.#met);
      this.#met = cursorOf(event);
    }
    this.#unnoted += batch.length;
    if (this.#unnoted >= noteEvery) await this.#note();
  }

  /** Leaves the job that an event leads to. @param after the event before it */
  async #lead(event: StoredEvent, after: NotedPlace): Promise<void> {
    const wanted = this.#jobOf(event, after);
    if (!wanted) return;
    const { job } = await this.options.jobs.enqueue(wanted);
    if (job.state !== 'completed' && !this.#undone.has(job.id)) this.#undone.set(job.id, { job: wanted, after });
    this.#unread.delete(event.id);
  }

  /**
   * An event that cannot be read is said to be one, and tried again at each look and after each start, since what it leads
   * to is not done. It keeps none from what comes after it.
   */
  #jobOf(event: StoredEvent, after: NotedPlace): NewJob | undefined {
    try {
      const job = this.options.jobOf(event);
      if (!job) this.#unread.delete(event.id);
      return job;
    } catch (error) {
      const { id: eventId, position, stream, type } = event;
      if (!this.#unread.has(eventId)) {
        this.options.logger.error(
          { eventId, position, stream, type, error: describeError(error) },
          'an event cannot be read: what it leads to waits until it can be',
        );
      }
      this.#unread.set(eventId, { event, after });
      return undefined;
    }
  }

  /**
   * Takes up where the noted place is. A log that was accepted since then is met from its start: what it leads to is
   * known by the events that lead to it, so that nothing comes twice of those that both logs hold.
   * @throws LogReplaced
   */
  async #begin(): Promise<void> {
    const { documentStore, eventStore, log } = this.options;
    await log.prove();
    const accepted = log.accepted?.eventId;
    if (accepted !== this.#log) {
      this.#undone.clear();
      this.#unread.clear();
    }
    this.#log = accepted;
    const noted = await documentStore.get<Place>(collection, id);
    const place = noted && noted.log === accepted ? placeOf(noted) : beginning;
    if ((await eventStore.standingOf(place)) === 'replaced') await log.check(place, accepted);
    this.#met = place;
    this.#mustReach = await eventStore.head();
  }

  /** Another may be ahead: its note stays. */
  async #note(): Promise<void> {
    const { documentStore } = this.options;
    const noted = await documentStore.get<Place>(collection, id);
    const place = this.#donePlace();
    this.#unnoted = 0;
    if (noted?.log === this.#log && noted && noted.position >= place.position) return;
    const log = this.#log === undefined ? {} : { log: this.#log };
    const next: Place = { _id: id, version: (noted?.version ?? 0) + 1, ...place, ...log };
    await documentStore.compareAndSet(collection, next, noted?.version);
  }

  /** The place up to which every job is done. */
  #donePlace(): NotedPlace {
    let place = this.#met;
    for (const { after } of [...this.#undone.values(), ...this.#unread.values()])
      if (after.position < place.position) place = after;
    return place;
  }
}

function placeOf({ eventId, position, revision, stream }: Place): NotedPlace {
  if (eventId === undefined || stream === undefined || revision === undefined) return { position };
  return { position, eventId, stream, revision };
}

const notRead = say(
  'The log has not been read to its end yet for the work that its events lead to',
  'Loggen är inte läst till slutet ännu för det arbete som dess händelser leder till',
);
const unreadable = say(
  'The event {eventId} ({type} of {stream}) cannot be read, so that what it leads to is not done',
  'Händelsen {eventId} ({type} i {stream}) kan inte läsas, så det som den leder till blir inte gjort',
);
