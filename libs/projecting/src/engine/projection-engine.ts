import { setMaxListeners } from 'node:events';
import { describeError, LogReplaced, newId, pause, unlessAborted } from '#kernel';
import { allPartitions } from '../partitions.js';
import { SkipRecord } from '../skips/skip-record.js';
import type { ProjectionEngineOptions } from './engine-options.js';
import { Lead } from './lead.js';
import { Leases } from './leases.js';
import { Leftovers } from './leftovers.js';
import { LostRace } from './lost-race.js';
import { Troubles } from './troubles.js';

const pollMilliseconds = 250;
const standbyMilliseconds = 500;
/** For how long what is under way may go on once it should end. */
const graceMilliseconds = 3_000;

/**
 * Keeps the documents of projections in step with the log. Any number may be started on the same stores: they share the
 * partitions among them, each partition with one of them.
 */
export class ProjectionEngine {
  readonly #options: ProjectionEngineOptions;
  readonly #leases: Leases;
  readonly #skips: SkipRecord;
  readonly #leaseMilliseconds: number;
  readonly #stopping = new AbortController();
  readonly #troubles: Troubles;
  readonly #leftovers: Leftovers;
  #running: Promise<void> | undefined;
  #told = '';

  constructor(options: ProjectionEngineOptions) {
    const { catalog, clock, documentStore, eventStore, logger } = options;
    this.#options = options;
    this.#leaseMilliseconds = options.leaseMilliseconds ?? 10_000;
    this.#leases = new Leases(documentStore, clock, newId(), allPartitions, this.#leaseMilliseconds);
    this.#skips = new SkipRecord(eventStore, catalog, clock);
    this.#troubles = new Troubles(logger);
    this.#leftovers = new Leftovers(documentStore, logger, this.#stopping.signal);
    // As many collections wait to be removed as are replaced at once.
    setMaxListeners(0, this.#stopping.signal);
  }

  /** Begins. Returns at once; `stop` ends it. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Writes what has been folded, lets go of the leases, and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger } = this.#options;
    while (!this.#stopping.signal.aborted) {
      try {
        await this.#standStill();
        const led = await this.#leases.take();
        if (led.length > 0) await this.#lead(led);
        else await pause(Math.min(this.#leaseMilliseconds / 3, standbyMilliseconds), this.#stopping.signal);
      } catch (error) {
        if (error instanceof LogReplaced) continue;
        await pause(this.#troubles.note(error), this.#stopping.signal);
      }
    }
    await unlessAborted(this.#leases.release(), AbortSignal.timeout(graceMilliseconds)).catch((error: unknown) =>
      logger.warn({ error: describeError(error) }, 'the leases were not released'),
    );
  }

  /** While the log is another one than before nothing is made of it, and the documents answer as they are. */
  async #standStill(): Promise<void> {
    const { log } = this.#options;
    const { signal } = this.#stopping;
    while (log.replaced && !signal.aborted) await pause(pollMilliseconds, signal);
    if (!signal.aborted) await log.prove();
  }

  /** Runs partitions for as long as they are ours to run, and the division is the same. */
  async #lead(partitions: readonly number[]): Promise<void> {
    const changed = new AbortController();
    const { progress } = this.#options;
    const lead = new Lead(partitions, {
      ...this.#options,
      skips: this.#skips,
      leftovers: this.#leftovers,
      mayWrite: () => this.#mayWrite(),
      flushed: () => {
        this.#troubles.end();
        progress.announce();
      },
    });
    const renewal = setInterval(() => void this.#renew(lead, changed), this.#leaseMilliseconds / 3);
    const ending = AbortSignal.any([this.#stopping.signal, changed.signal]);
    setMaxListeners(0, ending);
    void this.#share(partitions, changed, ending);
    try {
      const isTakenUp = await this.#orLeftAlone(lead.takeUp(ending), ending);
      if (!isTakenUp || ending.aborted) return;
      this.#tellOf(partitions, lead);
      await this.#orLeftAlone(lead.follow(ending), ending);
    } finally {
      changed.abort();
      clearInterval(renewal);
    }
  }

  /**
   * Waits for what is done with the stores; once it should end, only for a while more. A call that a store never answers
   * must hold up neither a stop nor the other runners. What it may still come to is guarded.
   */
  async #orLeftAlone<Answer>(work: Promise<Answer>, ending: AbortSignal): Promise<Answer | undefined> {
    await unlessAborted(work, ending);
    return unlessAborted(work, AbortSignal.timeout(graceMilliseconds));
  }

  /** Looks a few times a second whether the division should change, whatever the partitions themselves wait for. */
  async #share(led: readonly number[], changed: AbortController, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      // Where the store cannot say, the leases run out.
      if (await this.#leases.isDue(led).catch(() => false)) changed.abort();
      await pause(pollMilliseconds, ending);
    }
  }

  /** A renewal that fails is tried again at its next turn, for as long as what we lead is surely ours. */
  async #renew(lead: Lead, changed: AbortController): Promise<void> {
    await this.#leases.renew(lead.weights).catch(() => undefined);
    if (!this.#leases.hold) changed.abort();
  }

  #tellOf(partitions: readonly number[], { collections }: Lead): void {
    const told = `${partitions.join()} ${collections.join()}`;
    if (told === this.#told) return;
    this.#told = told;
    this.#options.logger.info({ partitions, projections: collections }, 'running projections');
  }

  /** @throws LostRace where another runner may have taken over; LogReplaced */
  async #mayWrite(): Promise<void> {
    await this.#options.log.prove();
    if (!this.#leases.hold) throw new LostRace('the leases');
  }
}
