import { setMaxListeners } from 'node:events';
import type { LogWatch } from '#continuity';
import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { describeError, LogReplaced, newId, pause, startOfLog, unlessAborted } from '#kernel';
import type { Clock, EventCatalog } from '#kernel';
import type { Progress } from '../progress.js';
import type { Projection } from '../projection.js';
import { SkipRecord } from '../skips/skip-record.js';
import { describeLoss, LogInspection } from '../verifying/log-inspection.js';
import {
  beginBuild,
  checkpointCollection,
  controlCollection,
  finishBuild,
  holdBuild,
  leftoversOf,
  LostRace,
  needControl,
  readCheckpoint,
  readControl,
  setRequest,
} from './bookkeeping.js';
import type { Checkpoint, Control, Generation } from './bookkeeping.js';
import type { EngineLogger } from './engine-logger.js';
import { Leases } from './leases.js';
import { LogFollower } from './log-follower.js';
import { ProjectionRun } from './projection-run.js';
import { Troubles } from './troubles.js';

/** Whether the log is the one that documents are made of. */
export type WatchOfLog = Pick<LogWatch, 'accepted' | 'check' | 'prove' | 'refuseReplaced' | 'replaced'>;

export interface ProjectionEngineOptions {
  readonly log: WatchOfLog;
  readonly eventStore: EventStore;
  readonly documentStore: DocumentStore;
  readonly catalog: EventCatalog;
  readonly projections: readonly Projection[];
  readonly clock: Clock;
  readonly logger: EngineLogger;
  /** Is told whenever a projection has come further. */
  readonly progress: Progress;
  /** How long the right to run a projection lasts unless it is renewed. */
  readonly leaseMilliseconds?: number;
  /** After how long it is said that a projection cannot be taken up yet. Five seconds by default. */
  readonly tellWaitMilliseconds?: number;
  /** How many events are read at a time. */
  readonly batchSize?: number;
}

/** Queries look up which collection is live at most so often: a replaced one stays for longer than that. */
export const liveLookupMilliseconds = 500;
const requestPollMilliseconds = 250;
const standbyMilliseconds = 500;
/** For how long what is under way may go on once it should end. */
const graceMilliseconds = 3_000;

interface LeasedProjection {
  readonly projection: Projection;
  control: Control;
  /** Fills the live collection; undefined while the live one is of another version, and only answers. */
  live: ProjectionRun | undefined;
  building: ProjectionRun | undefined;
  /** Whether what is being filled may take over, as far as the log is whole; undefined until that was looked at. */
  judgement: Judgement | undefined;
}

interface Judgement {
  /** What keeps it from taking over: what the log has lost. */
  readonly held?: string;
}

/** How many events of the log documents hold, and up to where. */
type HeldSoFar = Readonly<Required<Pick<Checkpoint, 'events' | 'position'>>>;

/**
 * Keeps the documents of projections in step with the log. Any number may be started on the same stores: they share the
 * projections among them, each projection with one of them.
 */
export class ProjectionEngine {
  readonly #options: ProjectionEngineOptions;
  readonly #leases: Leases;
  readonly #skips: SkipRecord;
  readonly #leaseMilliseconds: number;
  readonly #stopping = new AbortController();
  readonly #troubles: Troubles;
  #running: Promise<void> | undefined;
  #leased: readonly string[] = [];

  constructor(options: ProjectionEngineOptions) {
    const { catalog, clock, documentStore, eventStore, logger, projections } = options;
    this.#options = options;
    this.#leaseMilliseconds = options.leaseMilliseconds ?? 10_000;
    const names = projections.map(({ name }) => name);
    this.#leases = new Leases(documentStore, clock, newId(), names, this.#leaseMilliseconds);
    this.#skips = new SkipRecord(eventStore, catalog, clock);
    this.#troubles = new Troubles(logger);
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
        const leased = await this.#leases.take();
        if (leased.length > 0) await this.#lead(leased);
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
    while (log.replaced && !signal.aborted) await pause(requestPollMilliseconds, signal);
    if (!signal.aborted) await log.prove();
  }

  /** Runs projections for as long as they are ours to run, and nobody has come or gone. */
  async #lead(names: readonly string[]): Promise<void> {
    const changed = new AbortController();
    const renewal = setInterval(() => void this.#renew(changed), this.#leaseMilliseconds / 3);
    const ending = AbortSignal.any([this.#stopping.signal, changed.signal]);
    void this.#share(names, changed, ending);
    try {
      const leased = await this.#orLeftAlone(this.#takeUp(names, ending), ending);
      if (leased && !ending.aborted) this.#logLeased(leased);
      while (leased && !ending.aborted) {
        await this.#orLeftAlone(this.#followUntilRequest(leased, ending), ending);
        if (!ending.aborted) await this.#orLeftAlone(this.#answerRequests(leased, ending), ending);
      }
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

  /** Looks a few times a second whether another runner has come or gone, whatever the projections themselves wait for. */
  async #share(names: readonly string[], changed: AbortController, ending: AbortSignal): Promise<void> {
    while (!ending.aborted) {
      // Where the store cannot say, the leases run out.
      if (await this.#leases.isDue(names).catch(() => false)) changed.abort();
      await pause(requestPollMilliseconds, ending);
    }
  }

  /** A renewal that fails is tried again at its next turn, for as long as what we lead is surely ours. */
  async #renew(changed: AbortController): Promise<void> {
    await this.#leases.renew().catch(() => undefined);
    if (!this.#leases.hold) changed.abort();
  }

  #logLeased(leased: readonly LeasedProjection[]): void {
    const collections = leased.map(({ control }) => control.live.collection);
    if (String(collections) === String(this.#leased)) return;
    this.#leased = collections;
    this.#options.logger.info({ projections: collections }, 'running projections');
  }

  async #takeUp(names: readonly string[], ending: AbortSignal): Promise<LeasedProjection[]> {
    const leased: LeasedProjection[] = [];
    for (const projection of this.#options.projections.filter(({ name }) => names.includes(name))) {
      const one = await this.#tellingOfWait(projection, this.#takeUpOne(projection), ending);
      if (!one) return leased;
      leased.push(one);
    }
    await this.#removeLeftovers(leased);
    return leased;
  }

  async #takeUpOne(projection: Projection): Promise<LeasedProjection> {
    const { documentStore } = this.#options;
    const log = this.#options.log.accepted?.eventId;
    let control: Control = await needControl(documentStore, projection, log);
    // Documents of another version, or of a log that another one has taken the place of, answer until new ones do.
    const isOfThis = (made: Generation | undefined) => made?.version === projection.version && made.log === log;
    const current = isOfThis(control.live);
    const buildsOfAnother = control.building !== undefined && control.building.log !== log;
    if (buildsOfAnother || !(current || isOfThis(control.building))) {
      control = await beginBuild(documentStore, projection, control, log);
    }
    const live = current ? await this.#runOf(projection, control.live) : undefined;
    const building = control.building && (await this.#runOf(projection, control.building));
    return { projection, control, live, building, judgement: undefined };
  }

  /** Says so where a projection cannot be taken up for a while, though no store has failed. */
  async #tellingOfWait(
    { name }: Projection,
    work: Promise<LeasedProjection>,
    ending: AbortSignal,
  ): Promise<LeasedProjection | undefined> {
    const { logger, tellWaitMilliseconds = 5_000 } = this.#options;
    const waiting = setInterval(() => {
      logger.warn(
        { projection: name },
        'a projection waits for its stores to answer: its indexes, checkpoint or skips',
      );
    }, tellWaitMilliseconds);
    try {
      return await unlessAborted(work, ending);
    } finally {
      clearInterval(waiting);
    }
  }

  /** @throws LogReplaced where its documents hold what the log does not */
  async #runOf(projection: Projection, { collection, log }: Generation): Promise<ProjectionRun> {
    const { clock, documentStore, eventStore } = this.#options;
    const run = new ProjectionRun(projection, collection, documentStore, () => clock.now());
    await run.resume();
    run.useSkips(await this.#skips.of(projection.name));
    if ((await eventStore.standingOf(run.place)) === 'replaced') {
      await this.#options.log.check(run.place, log);
      throw new LostRace('the log');
    }
    return run;
  }

  /** Collections that were replaced by a runner that did not live to remove them. */
  async #removeLeftovers(leased: readonly LeasedProjection[]): Promise<void> {
    const collections = await this.#options.documentStore.collections();
    for (const { control } of leased) {
      leftoversOf(control, collections).forEach((name) => this.#dropLater(control._id, name));
    }
  }

  /** Removes a collection that has been replaced, when no query looks into it any longer. */
  #dropLater(projection: string, collection: string): void {
    const { logger } = this.#options;
    const { signal } = this.#stopping;
    const removal = pause(4 * liveLookupMilliseconds, signal).then(async () => {
      if (!signal.aborted) await this.#drop(projection, collection);
    });
    removal.catch((error: unknown) => {
      logger.warn({ collection, error: describeError(error) }, 'a replaced collection stays until the next start');
    });
  }

  /** Where the documents were restored from an older copy in the meantime, what had been replaced answers again. */
  async #drop(projection: string, collection: string): Promise<void> {
    const { documentStore } = this.#options;
    const control = await readControl(documentStore, projection);
    if (control && leftoversOf(control, [collection]).length > 0) await documentStore.drop(collection);
  }

  /** Follows the log until something is asked of the runner, a build has caught up, or the end has come. */
  async #followUntilRequest(leased: readonly LeasedProjection[], ending: AbortSignal): Promise<void> {
    const requested = new AbortController();
    const signal = AbortSignal.any([ending, requested.signal]);
    const building = leased.filter((one) => one.building && !one.building.stuck && one.judgement?.held === undefined);
    const work = [
      this.#follower(leased.flatMap(({ live }) => live ?? [])).follow(signal),
      this.#watch(leased, requested, signal),
      ...(building.length > 0 ? [this.#build(building, signal)] : []),
    ];
    const [, , caughtUp] = work;
    void caughtUp?.then(() => requested.abort()).catch(() => requested.abort());
    for (const part of work) void part.catch(() => requested.abort());
    const failed = (await Promise.allSettled(work)).find((outcome) => outcome.status === 'rejected');
    this.#tellOfStuck(leased);
    if (failed) throw failed.reason;
  }

  /** Fills collections up to the end of the log, and finds out whether it is whole, while those that are live go on. */
  async #build(building: readonly LeasedProjection[], signal: AbortSignal): Promise<void> {
    const answering = new Map<LeasedProjection, HeldSoFar>();
    for (const one of building) answering.set(one, await this.#heldByLive(one.control));
    const marks = [...answering.values()].map(({ position }) => position);
    const inspection = new LogInspection(this.#options.eventStore, marks);
    await this.#follower(building.flatMap((one) => one.building ?? [])).catchUp(signal, inspection);
    if (signal.aborted) return;
    for (const one of building) if (one.control.building?.despiteDamage) one.judgement = {};
    const unjudged = building.filter(({ judgement }) => !judgement);
    if (unjudged.length === 0) return;
    try {
      await inspection.upTo(await this.#options.eventStore.head(), signal);
      const damaged = await inspection.damaged(signal);
      for (const one of unjudged) {
        const { events, position } = answering.get(one)!;
        const lostEvents = Math.max(0, events - inspection.eventsUpTo(position));
        this.#judge(one, describeLoss({ damaged, damagedStreams: damaged.length, lostEvents }, one.projection.name));
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    }
  }

  /**
   * How many events of this log the documents that answer hold, and up to where: of a stream that is gone altogether the
   * log itself says nothing.
   */
  async #heldByLive({ building, live }: Control): Promise<HeldSoFar> {
    const checkpoint =
      live.log === building?.log && (await readCheckpoint(this.#options.documentStore, live.collection));
    return {
      events: (checkpoint && checkpoint.events) || 0,
      position: (checkpoint && checkpoint.position) || startOfLog,
    };
  }

  #judge(one: LeasedProjection, loss: string | undefined): void {
    one.judgement = loss === undefined ? {} : { held: loss };
    if (loss === undefined) return;
    this.#options.logger.error(
      { projection: one.projection.name, collection: one.building?.collection, held: loss },
      'documents that were made anew do not take over: bring the log back and retry, or rebuild despite the damage',
    );
  }

  #follower(runs: readonly ProjectionRun[]): LogFollower {
    const { batchSize, catalog, eventStore, progress } = this.#options;
    const flushed = () => {
      this.#troubles.end();
      progress.announce();
    };
    return new LogFollower(eventStore, catalog, runs, () => this.#mayWrite(), flushed, batchSize);
  }

  /** @throws LostRace where another runner may have taken over; LogReplaced */
  async #mayWrite(): Promise<void> {
    await this.#options.log.prove();
    if (!this.#leases.hold) throw new LostRace('the leases');
  }

  /**
   * Looks a few times a second whether something is asked of the runner.
   * @throws LostRace where the documents were restored from an older copy, which no event may come to tell
   */
  async #watch(leased: readonly LeasedProjection[], requested: AbortController, signal: AbortSignal): Promise<void> {
    const { documentStore, progress } = this.#options;
    const names = leased.map(({ projection }) => projection.name);
    const runs = leased.flatMap(({ building, live }) => [live, building]).filter((run) => run !== undefined);
    const { accepted } = this.#options.log;
    while (!signal.aborted) {
      this.#options.log.refuseReplaced();
      if (this.#options.log.accepted?.eventId !== accepted?.eventId) throw new LostRace('the log');
      await checkNotRestored(documentStore, runs);
      const controls = await documentStore.getMany<Control>(controlCollection, names);
      if (controls.some(({ request }) => request)) requested.abort();
      this.#tellOfStuck(leased);
      await progress.next(requestPollMilliseconds, signal);
    }
  }

  async #answerRequests(leased: readonly LeasedProjection[], ending: AbortSignal): Promise<void> {
    const { documentStore } = this.#options;
    for (const one of leased) {
      if (one.building && !one.building.stuck) await this.#tryToSwitch(one, one.building, ending);
      one.control = (await readControl(documentStore, one.projection.name)) ?? one.control;
      const { request } = one.control;
      if (request === 'retry') await this.#retry(one);
      if (request === 'rebuild') {
        const { log } = this.#options;
        one.control = await beginBuild(documentStore, one.projection, one.control, log.accepted?.eventId);
        one.judgement = undefined;
        one.building = await this.#runOf(one.projection, one.control.building!);
      } else if (request) one.control = await setRequest(documentStore, one.control, undefined);
    }
    this.#told.clear();
  }

  /** Tries the events again that a projection is parked at. One that may be left out by now, is. The log is looked at anew. */
  async #retry(one: LeasedProjection): Promise<void> {
    const { building, live, projection } = one;
    one.judgement = undefined;
    const skips = await this.#skips.of(projection.name);
    for (const run of [live, building]) {
      if (!run?.parked) continue;
      run.useSkips(skips);
      await run.unpark();
    }
  }

  /** Lets a collection that has caught up take over, and removes the one that it replaces a while later. */
  async #tryToSwitch(one: LeasedProjection, built: ProjectionRun, ending: AbortSignal): Promise<void> {
    const { documentStore, logger, progress } = this.#options;
    if (!one.judgement) return;
    if (one.judgement.held !== undefined) {
      const known = (await readControl(documentStore, one.projection.name)) ?? one.control;
      one.control = await holdBuild(documentStore, known, built.collection, one.judgement.held);
      return;
    }
    await this.#follower([built]).catchUp(ending);
    if (built.stuck || ending.aborted) return;
    if (one.live && !one.live.stuck && built.position < one.live.position) return;
    const replaced = one.control.live.collection;
    const current = (await readControl(documentStore, one.projection.name)) ?? one.control;
    one.control = await finishBuild(documentStore, current, built.collection);
    one.live = built;
    one.building = undefined;
    progress.announce();
    logger.info({ projection: one.projection.name, collection: built.collection }, 'the projection was made anew');
    this.#dropLater(one.projection.name, replaced);
  }

  readonly #told = new Set<string>();

  #tellOfStuck(leased: readonly LeasedProjection[]): void {
    for (const run of leased.flatMap(({ building, live }) => [live, building])) {
      if (!run?.stuck || this.#told.has(run.collection)) continue;
      this.#told.add(run.collection);
      const { collection, parked, position, projection } = run;
      this.#options.logger.error(
        { projection: projection.name, collection, position, ...parked },
        'a projection is parked at an event: mend it and retry, or skip the event',
      );
    }
  }
}

/** @throws LostRace where a checkpoint is older than the one that was written */
async function checkNotRestored(store: DocumentStore, runs: readonly ProjectionRun[]): Promise<void> {
  const written = runs.map(({ collection, version }) => ({ collection, version }));
  const collections = written.map(({ collection }) => collection);
  const stored = await store.getMany<Checkpoint>(checkpointCollection, collections);
  const versions = new Map(stored.map(({ _id, version }) => [_id, version]));
  const restored = written.find(({ collection, version }) => (versions.get(collection) ?? 0) < version);
  if (restored) throw new LostRace(restored.collection);
}
