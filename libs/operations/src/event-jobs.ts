import type { Document, DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { jobIdOf } from '#jobs';
import type { JobLogger, Jobs, NewJob } from '#jobs';
import { describeError, pause, startOfLog, ToldFaults } from '#kernel';
import type { StoredEvent } from '#kernel';
import type { DueWork } from './due-work.js';
import { WorkUndone } from './work-undone.js';

export interface EventJobsOptions {
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
  readonly jobs: Pick<Jobs, 'enqueue'>;
  /** The job that an event leads to, if it does. Always the same for the same event, under a key of its own. */
  readonly jobOf: (event: StoredEvent) => NewJob | undefined;
  readonly logger: JobLogger;
}

interface Place extends Document {
  readonly version: number;
  readonly position: string;
}

interface Undone {
  readonly job: NewJob;
  /** The position of the event before the one that led to it: whoever begins there meets it again. */
  readonly after: string;
}

const collection = 'event-jobs';
const id = 'done';
/** How many events are met before the place is noted. */
const noteEvery = 1_000;
const longestPause = 5_000;
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
  #running: Promise<void> | undefined;
  #position = startOfLog;
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
    return this.#position;
  }

  async due(): Promise<readonly NewJob[]> {
    return [...this.#undone.values()].slice(0, mostDue).map(({ job }) => job);
  }

  async settle(completed: readonly NewJob[]): Promise<void> {
    for (const job of completed) this.#undone.delete(jobIdOf(job));
    if (completed.length > 0) await this.#note();
  }

  /** @throws WorkUndone where events may have led to work that is not known yet; StoreUnavailable */
  async check(): Promise<void> {
    const head = await this.options.eventStore.head();
    const isMet = (position: string | undefined) => position !== undefined && this.#position >= position;
    if (isMet(this.#expected.head)) this.#expected = { head, since: performance.now() };
    const isLate = performance.now() - this.#expected.since > metWithinMilliseconds;
    if (!isMet(this.#mustReach) || (isLate && !isMet(this.#expected.head))) {
      throw new WorkUndone('The log has not been read to its end yet for the work that its events lead to');
    }
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        this.#position = await this.#notedPlace();
        this.#mustReach = await this.options.eventStore.head();
        for await (const batch of this.options.eventStore.subscribe({ after: this.#position, signal })) {
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
      const wanted = this.options.jobOf(event);
      if (wanted) {
        const { job } = await this.options.jobs.enqueue(wanted);
        if (job.state !== 'completed' && !this.#undone.has(job.id)) {
          this.#undone.set(job.id, { job: wanted, after: this.#position });
        }
      }
      this.#position = event.position;
    }
    this.#unnoted += batch.length;
    if (this.#unnoted >= noteEvery) await this.#note();
  }

  /** Where the log is shorter than what was noted, another log is there, and it is met from its start. */
  async #notedPlace(): Promise<string> {
    const { documentStore, eventStore } = this.options;
    const { position = startOfLog } = (await documentStore.get<Place>(collection, id)) ?? {};
    return position > (await eventStore.head()) ? startOfLog : position;
  }

  /** Another may be ahead: its note stays. */
  async #note(): Promise<void> {
    const { documentStore } = this.options;
    const noted = await documentStore.get<Place>(collection, id);
    const position = this.#donePlace();
    this.#unnoted = 0;
    if (noted && noted.position >= position) return;
    const place: Place = { _id: id, version: (noted?.version ?? 0) + 1, position };
    await documentStore.compareAndSet(collection, place, noted?.version);
  }

  /** The position up to which every job is done. */
  #donePlace(): string {
    let place = this.#position;
    for (const { after } of this.#undone.values()) if (after < place) place = after;
    return place;
  }
}
