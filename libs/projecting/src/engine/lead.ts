import { setMaxListeners } from 'node:events';
import type { DocumentStore } from '#document-store';
import { pause, TimeSlices, unlessAborted } from '#kernel';
import type { Projection } from '../projection.js';
import type { Skip } from '../skips/skip.js';
import type { SkipRecord } from '../skips/skip-record.js';
import { beginBuild, controlCollection, isMadeFor, leftoversOf, needControl, retriesOf } from './bookkeeping.js';
import type { Control, Generation } from './bookkeeping.js';
import { Builds } from './builds.js';
import type { Filling } from './builds.js';
import { catchUp } from './catch-up.js';
import { PartitionCheckpoints, StoredCheckpoints } from './checkpoints.js';
import type { ProjectionEngineOptions } from './engine-options.js';
import { groupsOf } from './groups.js';
import { Lane } from './lane.js';
import type { LaneOptions } from './lane.js';
import type { Leftovers } from './leftovers.js';
import { LostRace, unlessLost } from './lost-race.js';
import { ProjectionRun } from './projection-run.js';
import { SharedMemory } from './shared-memory.js';
import { Tail } from './tail.js';

const pollMilliseconds = 250;
/** However often something comes further, the bookkeeping is looked at no more often than that. */
const leastPollMilliseconds = 50;
const defaultBatch = 2_500;
/** Near the end of the log, so that a small partition does not wait for a large batch to be read. */
const batchAtTail = 500;
/** Beyond that what was folded of a log that is caught up with is written, so that it can be seen. */
const unflushedBehind = 5_000;
/** So that a partition with much to do lets the others have their turn, and all of them together whatever else the process does. */
const turnMilliseconds = 3;

export interface LeadOptions extends ProjectionEngineOptions {
  readonly skips: SkipRecord;
  readonly leftovers: Leftovers;
  /** Throws where nothing may be written. */
  readonly mayWrite: () => Promise<void>;
  /** Is told whenever something was written. */
  readonly flushed: () => void;
}

/** What is run of a projection. */
interface Led {
  readonly projection: Projection;
  control: Control;
  skips: readonly Skip[];
}

/** The partitions that a runner leads, with every projection in them, for as long as it leads just these. */
export class Lead {
  readonly #lanes = new Map<number, Lane>();
  readonly #led = new Map<string, Led>();
  readonly #work = new Set<Promise<void>>();
  readonly #ended = new AbortController();
  readonly #told = new Set<string>();
  readonly #laneOptions: LaneOptions;
  readonly #memory: SharedMemory;
  readonly #slices = new TimeSlices(turnMilliseconds);
  readonly #builds: Builds;
  readonly #folded = new Map<number, { folded: number; at: number; rate: number }>();
  #tail!: Tail;
  #failure: { readonly error: unknown } | undefined;
  #signal: AbortSignal = AbortSignal.abort();

  constructor(
    private readonly partitions: readonly number[],
    private readonly options: LeadOptions,
  ) {
    const { batchSize = defaultBatch, catalog, eventStore, flushed, mayWrite } = options;
    this.#memory = new SharedMemory();
    const slices = this.#slices;
    this.#laneOptions = { log: { catalog, eventStore }, memory: this.#memory, slices, batchSize, mayWrite, flushed };
    this.#builds = new Builds({
      ...options,
      batchSize,
      lanes: this.#lanes,
      controlOf: (name) => this.#led.get(name)!.control,
      laneBeside: ({ checkpoints }, runs) => new Lane(checkpoints, runs, this.#laneOptions),
      spawn: (work) => this.#spawn(work),
    });
  }

  /** The collections that answer. */
  get collections(): readonly string[] {
    return [...this.#led.values()].map(({ control }) => control.live.collection);
  }

  /** How much work each partition has been lately. */
  get weights(): ReadonlyMap<number, number> {
    const at = performance.now();
    return new Map(
      [...this.#lanes].map(([partition, lane]) => {
        const before = this.#folded.get(partition) ?? { folded: 0, at: at - 1_000, rate: 0 };
        const folded = lane.folded + this.#builds.foldedOf(partition);
        const recent = (folded - before.folded) / Math.max(0.1, (at - before.at) / 1_000);
        const rate = (before.rate + recent) / 2;
        this.#folded.set(partition, { folded, at, rate });
        return [partition, Math.round(rate / 10 + lane.waiting / 100)];
      }),
    );
  }

  /** Finds out where everything stands. @returns whether it was all found before the signal aborted */
  async takeUp(ending: AbortSignal): Promise<boolean> {
    for (const projection of this.options.projections) {
      const led = await this.#tellingOfWait(projection, this.#takeUpOne(projection), ending);
      if (!led) return false;
      this.#led.set(projection.name, led);
    }
    const { documentStore, eventStore, leftovers, log } = this.options;
    const stored = await StoredCheckpoints.read(documentStore, this.partitions);
    for (const partition of this.partitions) this.#takeUpPartition(partition, stored);
    const runs = [...this.#lanes.values()].flatMap((lane) => lane.runs);
    const places = new Map(runs.map(({ place }) => [`${place.position} ${place.eventId}`, place]));
    for (const place of places.values()) {
      if ((await eventStore.standingOf(place)) !== 'replaced') continue;
      await log.check(place, log.accepted?.eventId);
      throw new LostRace('the log');
    }
    await leftovers.removeOf([...this.#led.values()].map(({ control }) => control));
    return true;
  }

  /** Follows the log, and does what is asked, until the signal aborts. @throws LostRace, LogReplaced */
  async follow(ending: AbortSignal): Promise<void> {
    this.#signal = AbortSignal.any([ending, this.#ended.signal]);
    // Everything that waits for something waits for the end too.
    setMaxListeners(0, this.#signal);
    const [near, ...behind] = groupsOf([...this.#lanes.values()]);
    const { batchSize, catalog, eventStore } = this.options;
    this.#tail = new Tail(
      {
        catalog,
        eventStore,
        batchSize: Math.min(batchSize ?? batchAtTail, batchAtTail),
        leaveBehind: (lane) => this.#spawn(lane.drop().then(() => this.#meetTail([lane]))),
      },
      near?.position ?? (await eventStore.head()),
    );
    for (const lane of this.#lanes.values())
      if (!behind.some(({ lanes }) => lanes.includes(lane))) this.#tail.join(lane);
    for (const lane of this.#lanes.values()) this.#spawn(lane.work(this.#signal));
    for (const { lanes } of behind) this.#spawn(this.#meetTail(lanes));
    this.#spawn(this.#tail.follow(this.#signal));
    this.#spawn(this.#watch());
    while (this.#work.size > 0) await Promise.all(this.#work);
    if (this.#failure) throw this.#failure.error;
  }

  /** Once one thing fails everything ends. */
  #spawn(work: Promise<void>): void {
    const told = work
      .catch((error: unknown) => {
        this.#failure ??= { error };
        this.#ended.abort();
      })
      .finally(() => this.#work.delete(told));
    this.#work.add(told);
  }

  /** Lanes that are behind read for themselves until they meet the tail. */
  #meetTail(lanes: readonly Lane[]): Promise<void> {
    const { batchSize = defaultBatch, catalog, eventStore } = this.options;
    const tail = this.#tail;
    return catchUp(
      lanes,
      {
        catalog,
        eventStore,
        batchSize,
        unflushedMilliseconds: unflushedBehind,
        meets: (lane, position) => lane.position === undefined || position >= tail.position,
        join: (lane) => tail.join(lane),
      },
      this.#signal,
    );
  }

  async #takeUpOne(projection: Projection): Promise<Led> {
    const { documentStore, skips } = this.options;
    let control = await needControl(documentStore, projection, this.#log);
    const isFilled = this.#isMadeFor(projection, control.live) || this.#isMadeFor(projection, control.building);
    const buildsOfAnother =
      control.building !== undefined &&
      (control.building.log !== this.#log || control.building.partitions === undefined);
    // Documents of another version, or of a log that another one has taken the place of, answer until new ones do.
    if (buildsOfAnother || !isFilled) control = await beginBuild(documentStore, projection, control, this.#log);
    return { projection, control, skips: await skips.of(projection.name) };
  }

  get #log(): string | undefined {
    return this.options.log.accepted?.eventId;
  }

  #isMadeFor(projection: Projection, made: Generation | undefined): boolean {
    return isMadeFor(made, projection, this.#log);
  }

  /** Says so where a projection cannot be taken up for a while, though no store has failed. */
  async #tellingOfWait(projection: Projection, work: Promise<Led>, ending: AbortSignal): Promise<Led | undefined> {
    const { logger, tellWaitMilliseconds = 5_000 } = this.options;
    const waiting = setInterval(() => {
      logger.warn(
        { projection: projection.name },
        'a projection waits for its stores to answer: its indexes, checkpoint or skips',
      );
    }, tellWaitMilliseconds);
    try {
      return await unlessAborted(work, ending);
    } finally {
      clearInterval(waiting);
    }
  }

  #takeUpPartition(partition: number, stored: StoredCheckpoints): void {
    const checkpoints = new PartitionCheckpoints(this.options.documentStore, partition, stored);
    const runs: ProjectionRun[] = [];
    for (const led of this.#led.values()) {
      const { live, building } = led.control;
      checkpoints.forget(leftoversOf(led.control, checkpoints.collections));
      if (this.#isMadeFor(led.projection, live)) runs.push(this.#runOf(led, live.collection, checkpoints));
      if (!building || !this.#isMadeFor(led.projection, building)) continue;
      // What has caught up once goes along; what has not is filled.
      if (checkpoints.of(building.collection)?.judged) {
        runs.push(this.#runOf(led, building.collection, checkpoints));
      }
    }
    this.#lanes.set(partition, new Lane(checkpoints, runs, this.#laneOptions));
  }

  #runOf({ control, projection, skips }: Led, collection: string, checkpoints: PartitionCheckpoints): ProjectionRun {
    const { clock, documentStore } = this.options;
    const run = new ProjectionRun(projection, collection, documentStore, {
      now: () => clock.now(),
      bounds: this.#memory.bounds,
      slices: this.#slices,
    });
    run.retries = retriesOf(control);
    run.resume(checkpoints.of(collection));
    run.useSkips(skips);
    return run;
  }

  /**
   * Looks a few times a second how things stand, and does what is asked.
   * @throws LostRace where the documents were restored from an older copy, which no event may come to tell
   */
  async #watch(): Promise<void> {
    const { documentStore, log, progress } = this.options;
    const signal = this.#signal;
    const accepted = this.#log;
    while (!signal.aborted) {
      log.refuseReplaced();
      if (this.#log !== accepted) throw new LostRace('the log');
      const stored = await this.#readCheckpoints(documentStore);
      const controls = await documentStore.getMany<Control>(controlCollection, [...this.#led.keys()]);
      if (controls.length < this.#led.size) throw new LostRace('what is known of the projections');
      for (const control of controls) await this.#follow(this.#led.get(control._id)!, control);
      await this.#fill();
      await this.#tryAgain();
      this.#tellOfStuck();
      this.#builds.judgeAgain(signal);
      for (const led of this.#led.values()) await this.#tryToSwitch(led, stored);
      await progress.next(pollMilliseconds, signal);
      await pause(leastPollMilliseconds, signal);
    }
  }

  /** @throws LostRace where checkpoints are older than those that were written */
  async #readCheckpoints(store: DocumentStore): Promise<StoredCheckpoints> {
    const written = [...this.#lanes.values()].map(({ checkpoints: { partition, version } }) => ({
      partition,
      version,
    }));
    const stored = await StoredCheckpoints.read(store);
    const restored = written.find(({ partition, version }) => stored.versionOf(partition) < version);
    if (restored) throw new LostRace(`the checkpoints of partition ${restored.partition}`);
    return stored;
  }

  /** Goes along with what has been noted of a projection, by whomever, and begins what is asked for. */
  async #follow(led: Led, noted: Control): Promise<void> {
    const { documentStore } = this.options;
    let control = noted;
    if (control.request === 'rebuild') {
      control = await unlessLost(beginBuild(documentStore, led.projection, control, this.#log), control);
    }
    led.control = control;
    const { building, live } = control;
    const wanted = [live, building]
      .filter((made) => this.#isMadeFor(led.projection, made))
      .map((made) => made!.collection);
    for (const collection of this.#letGo(led.projection, wanted)) {
      this.options.leftovers.dropLater(led.projection.name, collection);
    }
    for (const run of this.#runsOf(led.projection)) run.retries = retriesOf(control);
  }

  /** Begins to fill what is to take over, where it is not filled already. */
  async #fill(): Promise<void> {
    const fillings: Filling[] = [];
    for (const led of this.#led.values()) {
      for (const made of [led.control.live, led.control.building]) {
        if (!made || !this.#isMadeFor(led.projection, made)) continue;
        for (const lane of this.#lanes.values()) {
          if (lane.runs.some(({ collection }) => collection === made.collection)) continue;
          if (this.#builds.fills(lane.partition, made.collection)) continue;
          // Documents that answer and that nobody here has filled: everything is looked at anew.
          if (made === led.control.live) throw new LostRace(led.projection.name);
          fillings.push({ lane, run: this.#runOf(led, made.collection, lane.checkpoints) });
        }
      }
    }
    for (const name of new Set(fillings.map(({ run }) => run.projection.name))) {
      const skips = await this.options.skips.of(name);
      for (const { run } of fillings) if (run.projection.name === name) run.useSkips(skips);
    }
    if (fillings.length > 0) this.#builds.fill(fillings, this.#signal);
  }

  #runsOf(projection: Projection): ProjectionRun[] {
    const lanes = [...this.#lanes.values(), ...this.#builds.lanes];
    return lanes.flatMap((lane) => lane.runs).filter((run) => run.projection === projection);
  }

  /** @returns the collections that are no longer wanted */
  #letGo(projection: Projection, wanted: readonly string[]): Set<string> {
    const gone = new Set<string>();
    for (const lane of [...this.#lanes.values(), ...this.#builds.lanes]) {
      for (const run of [...lane.runs]) {
        if (run.projection !== projection || wanted.includes(run.collection)) continue;
        lane.remove(run);
        gone.add(run.collection);
      }
    }
    return gone;
  }

  /**
   * Lets parked projections try again where that was asked. An event that may be left out by now, is. What is read again
   * for that is read by the partition itself.
   */
  async #tryAgain(): Promise<void> {
    for (const lane of this.#lanes.values()) {
      // One that is behind already does so when it has met the tail.
      if (!lane.runs.some(({ isToTryAgain }) => isToTryAgain) || !this.#tail.leave(lane)) continue;
      await lane.drop();
      for (const run of lane.runs) {
        if (!run.isToTryAgain) continue;
        run.useSkips(await this.options.skips.of(run.projection.name));
        run.unpark();
        this.#told.delete(nameOf(run, lane));
      }
      // It is noted before it is tried: whoever goes back to what is written goes back to that.
      await lane.flush();
      this.#spawn(this.#meetTail([lane]));
    }
  }

  /** Lets a collection take over that has caught up in all partitions, whoever led them. */
  async #tryToSwitch(led: Led, stored: StoredCheckpoints): Promise<void> {
    const { logger, progress } = this.options;
    const { building } = led.control;
    if (!building || !this.#isMadeFor(led.projection, building)) return;
    const isLiveOfThis = this.#isMadeFor(led.projection, led.control.live);
    const control = await this.#builds.tryToSwitch(led.control, isLiveOfThis, stored);
    if (!control) return;
    progress.announce();
    logger.info({ projection: led.projection.name, collection: building.collection }, 'the projection was made anew');
    const replaced = led.control.live.collection;
    await this.#follow(led, control);
    this.options.leftovers.dropLater(led.projection.name, replaced);
  }

  #tellOfStuck(): void {
    for (const lane of [...this.#lanes.values(), ...this.#builds.lanes]) {
      for (const run of lane.runs) {
        if (!run.stuck || this.#told.has(nameOf(run, lane))) continue;
        this.#told.add(nameOf(run, lane));
        const { collection, parked, position, projection } = run;
        this.options.logger.error(
          { projection: projection.name, collection, position, ...parked },
          'a projection is parked at an event: mend it and retry, or skip the event',
        );
      }
    }
  }
}

const nameOf = (run: ProjectionRun, lane: Lane): string => `${run.collection} in ${lane.partition}`;
