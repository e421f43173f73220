import type { Document, DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import type { JobLogger, Jobs, NewJob } from '#jobs';
import { describeError, pause, startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';

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

const collection = 'event-jobs';
const id = 'place';
/** How many events without a job are passed before the place is noted. */
const noteEvery = 1_000;
const longestPause = 5_000;

/**
 * Leaves the jobs that events lead to. The log says what has to be done, so nothing is forgotten where a process dies
 * between an event and its job. How far it has come is noted behind the jobs: an event may be met again, and its job's
 * key then leads to the job that is there. So any number may run at once.
 */
export class EventJobs {
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;
  #position = startOfLog;
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

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (let failures = 0; !signal.aborted;) {
      try {
        this.#position = await this.#notedPlace();
        for await (const batch of this.options.eventStore.subscribe({ after: this.#position, signal })) {
          await this.#take(batch);
          failures = 0;
        }
      } catch (error) {
        failures++;
        this.options.logger.warn({ error: describeError(error) }, 'the jobs that events lead to wait for a store');
        await pause(Math.min(100 * 2 ** failures, longestPause), signal);
      }
    }
  }

  async #take(batch: readonly StoredEvent[]): Promise<void> {
    let enqueued = false;
    for (const event of batch) {
      const job = this.options.jobOf(event);
      if (!job) continue;
      await this.options.jobs.enqueue(job);
      enqueued = true;
    }
    this.#position = batch.at(-1)!.position;
    this.#unnoted += batch.length;
    if (enqueued || this.#unnoted >= noteEvery) await this.#note();
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
    this.#unnoted = 0;
    if (noted && noted.position >= this.#position) return;
    const place: Place = { _id: id, version: (noted?.version ?? 0) + 1, position: this.#position };
    await documentStore.compareAndSet(collection, place, noted?.version);
  }
}
