import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { newId } from '#kernel';
import type { Clock, EventCatalog } from '#kernel';
import type { Progress } from '../progress.js';
import type { Projection } from '../projection.js';
import { beginBuild, finishBuild, needControl, readControl, setRequest } from './bookkeeping.js';
import type { Control } from './bookkeeping.js';
import { Lease } from './lease.js';
import { LogFollower } from './log-follower.js';
import { ProjectionRun } from './projection-run.js';

/** Where the engine tells what an operator should know. */
export interface EngineLogger {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
}

export interface ProjectionEngineOptions {
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
  readonly catalog: EventCatalog;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  readonly logger: EngineLogger;
  /** Is told whenever a projection has come further. */
  readonly progress: Progress;
  /** How long the right to run lasts unless it is renewed. */
  readonly leaseMilliseconds?: number;
  /** How many events are read at a time. */
  readonly batchSize?: number;
}

/** Queries look up which collection is live at most so often: a replaced one stays for longer than that. */
export const liveLookupMilliseconds = 500;
const requestPollMilliseconds = 250;
const longestPause = 5_000;

interface Led {
  readonly projection: Projection;
  control: Control;
  /** Fills the live collection; undefined while the live one is of another version, and only answers. */
  live: ProjectionRun | undefined;
  building: ProjectionRun | undefined;
}

/**
 * Keeps the documents of all projections in step with the log. Any number may be started on the same stores: one leads
 * by lease, the others stand by.
 */
export class ProjectionEngine {
  readonly #options: ProjectionEngineOptions;
  readonly #lease: Lease;
  readonly #leaseMilliseconds: number;
  readonly #stopping = new AbortController();
  #running: Promise<void> | undefined;

  constructor(options: ProjectionEngineOptions) {
    this.#options = options;
    this.#leaseMilliseconds = options.leaseMilliseconds ?? 10_000;
    this.#lease = new Lease(options.documentStore, options.clock, newId(), this.#leaseMilliseconds);
  }

  /** Begins. Returns at once; `stop` ends it. */
  start(): void {
    this.#running ??= this.#run();
  }

  /** Writes what has been folded, lets go of the lease, and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    const { logger } = this.#options;
    let failures = 0;
    while (!this.#stopping.signal.aborted) {
      try {
        if (await this.#lease.take()) await this.#lead(() => (failures = 0));
        else await this.#pause(this.#leaseMilliseconds / 3);
      } catch (error) {
        failures++;
        logger.error({ error: String(error), cause: causeOf(error) }, 'the projections stopped, and start again');
        await this.#pause(Math.min(100 * 2 ** failures, longestPause));
      }
    }
    await this.#lease
      .release()
      .catch((error: unknown) => logger.warn({ error: String(error) }, 'the lease was not released'));
  }

  /** Runs the projections for as long as the lease is ours. */
  async #lead(takenUp: () => void): Promise<void> {
    const { logger } = this.#options;
    const lost = new AbortController();
    const renewal = setInterval(() => {
      this.#lease.take().then(
        (ours) => ours || lost.abort(),
        () => lost.abort(),
      );
    }, this.#leaseMilliseconds / 3);
    const ending = AbortSignal.any([this.#stopping.signal, lost.signal]);
    try {
      const led = await this.#takeUp();
      takenUp();
      logger.info({ projections: led.map(({ control }) => control.live.collection) }, 'running the projections');
      while (!ending.aborted) {
        await this.#followUntilAsked(led, ending);
        if (!ending.aborted) await this.#answerRequests(led, ending);
      }
    } finally {
      clearInterval(renewal);
    }
  }

  async #takeUp(): Promise<Led[]> {
    const { documentStore, projections } = this.#options;
    const led: Led[] = [];
    for (const projection of projections) {
      let control: Control = await needControl(documentStore, projection);
      const current = control.live.version === projection.version;
      const buildsThis = control.building?.version === projection.version;
      if (!current && !buildsThis) control = await beginBuild(documentStore, projection, control);
      led.push({
        projection,
        control,
        live: current ? await this.#runOf(projection, control.live.collection) : undefined,
        building: control.building && (await this.#runOf(projection, control.building.collection)),
      });
    }
    await this.#removeLeftovers(led);
    return led;
  }

  async #runOf(projection: Projection, collection: string): Promise<ProjectionRun> {
    const { clock, documentStore } = this.#options;
    const run = new ProjectionRun(projection, collection, documentStore, () => clock.now());
    await run.resume();
    return run;
  }

  /** Collections that were replaced by a runner that did not live to remove them. */
  async #removeLeftovers(led: readonly Led[]): Promise<void> {
    const { documentStore } = this.#options;
    const used = new Set(led.flatMap(({ control }) => [control.live.collection, control.building?.collection]));
    for (const collection of await documentStore.collections()) {
      const ours = led.some(({ projection }) => collection.startsWith(`${projection.name}@`));
      if (ours && !used.has(collection)) await documentStore.drop(collection);
    }
  }

  /** Follows the log until something is asked of the runner, a build has caught up, or the end has come. */
  async #followUntilAsked(led: readonly Led[], ending: AbortSignal): Promise<void> {
    const asked = new AbortController();
    const signal = AbortSignal.any([ending, asked.signal]);
    const building = led.flatMap((one) => (one.building && !one.building.parked ? [one.building] : []));
    const work = [
      this.#follower(led.flatMap(({ live }) => live ?? [])).follow(signal),
      this.#watchRequests(led, asked, signal),
      ...(building.length > 0 ? [this.#follower(building).catchUp(signal)] : []),
    ];
    const [, , caughtUp] = work;
    void caughtUp?.then(() => asked.abort()).catch(() => asked.abort());
    for (const part of work) void part.catch(() => asked.abort());
    const failed = (await Promise.allSettled(work)).find((outcome) => outcome.status === 'rejected');
    this.#tellOfParked(led);
    if (failed) throw failed.reason;
  }

  #follower(runs: readonly ProjectionRun[]): LogFollower {
    const { batchSize, catalog, eventStore, progress } = this.#options;
    return new LogFollower(eventStore, catalog, runs, () => progress.announce(), batchSize);
  }

  async #watchRequests(led: readonly Led[], asked: AbortController, signal: AbortSignal): Promise<void> {
    const { documentStore, progress } = this.#options;
    const end = aborted(signal);
    while (!signal.aborted) {
      for (const { projection } of led) {
        if ((await readControl(documentStore, projection.name))?.request) asked.abort();
      }
      if (led.some(({ live }) => live?.parked)) this.#tellOfParked(led);
      if (!signal.aborted) await Promise.race([progress.next(requestPollMilliseconds), end]);
    }
  }

  async #answerRequests(led: readonly Led[], ending: AbortSignal): Promise<void> {
    const { documentStore, projections } = this.#options;
    for (const one of led) {
      if (one.building && !one.building.parked) await this.#tryToSwitch(one, one.building, ending);
      one.control = (await readControl(documentStore, one.projection.name)) ?? one.control;
      const { request } = one.control;
      if (!request) continue;
      one.control = await setRequest(documentStore, one.control, undefined);
      if (request === 'retry') {
        for (const run of [one.live, one.building]) if (run?.parked) await run.unpark();
      } else {
        const projection = projections.find(({ name }) => name === one.projection.name)!;
        one.control = await beginBuild(documentStore, projection, one.control);
        one.building = await this.#runOf(projection, one.control.building!.collection);
      }
    }
    this.#told.clear();
  }

  /** Lets a collection that has caught up take over, and removes the one that it replaces a while later. */
  async #tryToSwitch(one: Led, built: ProjectionRun, ending: AbortSignal): Promise<void> {
    const { documentStore, logger, progress } = this.#options;
    await this.#follower([built]).catchUp(ending);
    if (built.parked || ending.aborted) return;
    if (one.live && !one.live.parked && built.position < one.live.position) return;
    const replaced = one.control.live.collection;
    const current = (await readControl(documentStore, one.projection.name)) ?? one.control;
    one.control = await finishBuild(documentStore, current);
    one.live = built;
    one.building = undefined;
    progress.announce();
    logger.info({ projection: one.projection.name, collection: built.collection }, 'the projection was made anew');
    const removal = setTimeout(() => {
      documentStore.drop(replaced).catch((error: unknown) => {
        logger.warn({ collection: replaced, error: String(error) }, 'a replaced collection stays until the next start');
      });
    }, 4 * liveLookupMilliseconds);
    this.#stopping.signal.addEventListener('abort', () => clearTimeout(removal), { once: true });
  }

  readonly #told = new Set<string>();

  #tellOfParked(led: readonly Led[]): void {
    for (const run of led.flatMap(({ building, live }) => [live, building])) {
      if (!run?.parked || this.#told.has(run.collection)) continue;
      this.#told.add(run.collection);
      this.#options.logger.error(
        { projection: run.projection.name, ...run.parked },
        'a projection is parked at an event',
      );
    }
  }

  async #pause(milliseconds: number): Promise<void> {
    const waited = new AbortController();
    const timer = setTimeout(() => waited.abort(), milliseconds);
    await aborted(AbortSignal.any([waited.signal, this.#stopping.signal]));
    clearTimeout(timer);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
}

const causeOf = (error: unknown): string | undefined =>
  error instanceof Error && error.cause instanceof Error ? error.cause.message : undefined;
