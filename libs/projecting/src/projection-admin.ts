import type { DocumentStore } from '#document-store';
import type { EventStore } from '#event-store';
import { NotFound, rule, startOfLog } from '#kernel';
import type { Actor, Clock, Damage, EventCatalog, Loss, Said } from '#kernel';
import {
  controlCollection,
  readControl,
  requestRebuild,
  requestRetry,
  retriesOf,
  setWanted,
} from './engine/bookkeeping.js';
import type { Control, WantedRebuild } from './engine/bookkeeping.js';
import { leastOf, placeOf, progressionOf, StoredCheckpoints } from './engine/checkpoints.js';
import type { Checkpoint, Parked } from './engine/checkpoints.js';
import type { WatchOfLog } from './engine/engine-options.js';
import { LostRace } from './engine/lost-race.js';
import { allPartitions, partitionOf } from './partitions.js';
import type { Progress } from './progress.js';
import type { Projection } from './projection.js';
import { ReadModelsBehind } from './read-models-behind.js';
import { SkipRecord } from './skips/skip-record.js';
import type { Skip } from './skips/skip.js';
import { Comparison } from './verifying/comparison.js';
import type { MisdescribedEvent } from './verifying/folded.js';
import type { Difference } from './verifying/comparison.js';
import { bytesOfSlice, slicesOf } from './verifying/slices.js';
import type { Slice } from './verifying/slice.js';

export interface ProjectionStatus {
  readonly name: string;
  /** The version of the documents that answer. */
  readonly version: number;
  /**
   * Of the documents that answer. `ahead`: they hold what the log does not, because it was emptied, restored from an older
   * copy, or is another one.
   */
  readonly state: 'current' | 'behind' | 'parked' | 'ahead' | 'not-started';
  /** Whether a collection is being filled that will take over. */
  readonly rebuilding: boolean;
  /** Rises with every rebuild that was begun. */
  readonly generations: number;
  /** The position up to which the documents hold every event, of every tenant. */
  readonly position: string;
  /** How far a collection that is being filled has come. */
  readonly buildPosition?: string;
  /** The position of the newest event of the log. */
  readonly head: string;
  /** How old the newest event is that the documents hold, while they lack newer ones; 0 when they lack none. */
  readonly lagSeconds: number;
  /** What was asked of its runners, of which one at least has not answered yet. */
  readonly requested?: 'rebuild' | 'retry';
  /** The event that the documents that answer cannot take; the first of them, where several partitions are parked. */
  readonly parked?: Parked;
  /** The event that the collection that is being filled cannot take; the first of them. */
  readonly buildParked?: Parked;
  /** How many partitions are parked, of the documents that answer or of those that are being filled. Others go on. */
  readonly parkedPartitions: number;
  /** The events that the documents that answer lack, because it was decided so. */
  readonly skipped: readonly Skip[];
  /** Why the documents that were made anew do not take over: what the log has lost. */
  readonly buildHeld?: string;
  /** The same in every language, where that is known. */
  readonly buildHeldSaid?: Said;
}

/** What is measured of a projection. */
export interface ProjectionLag {
  readonly name: string;
  readonly position: string;
  readonly head: string;
  readonly lagSeconds: number;
  /** Whether the documents that answer, or those that are to take over, wait for somebody. */
  readonly parked: boolean;
  readonly ahead: boolean;
  readonly rebuilding: boolean;
  /** How many events the documents lack, because it was decided so. */
  readonly skipped: number;
}

export interface Verification extends Loss {
  readonly name: string;
  /** The position up to which documents and log were compared. */
  readonly position: string;
  readonly documents: number;
  readonly events: number;
  /** At most a hundred. */
  readonly differences: readonly Difference[];
  readonly differing: number;
  /** At most a hundred: what they lack is lacking in the comparison too. */
  readonly damaged: readonly Damage[];
  /** The events that documents and comparison both left out, because it was decided so. */
  readonly skipped: readonly Skip[];
  /** At most a hundred events whose metadata is not as it should be; they are read as they are. */
  readonly misdescribed: readonly MisdescribedEvent[];
  readonly misdescribedEvents: number;
}

const listed = 100;
const rounds = 5;
const roundMilliseconds = 100;
const attempts = 5;

/** What an operator sees of the projections, and asks of whichever process runs them. */
export class ProjectionAdmin {
  readonly #skips: SkipRecord;

  constructor(
    private readonly eventStore: EventStore,
    private readonly documentStore: DocumentStore,
    private readonly catalog: EventCatalog,
    private readonly projections: readonly Projection[],
    private readonly clock: Clock,
    private readonly progress: Progress,
    private readonly log: WatchOfLog,
    private readonly sliceBytes = bytesOfSlice,
  ) {
    this.#skips = new SkipRecord(eventStore, catalog, clock);
  }

  async status(): Promise<ProjectionStatus[]> {
    const head = await this.eventStore.head();
    const stored = await StoredCheckpoints.read(this.documentStore);
    return Promise.all(this.projections.map((projection) => this.#statusOf(projection, head, stored)));
  }

  /** What there is to measure of every projection. */
  async lags(): Promise<ProjectionLag[]> {
    return (await this.status()).map(({ head, lagSeconds, name, position, rebuilding, ...status }) => ({
      name,
      position,
      head,
      lagSeconds,
      parked: (status.parked ?? status.buildParked ?? status.buildHeld) !== undefined,
      ahead: status.state === 'ahead',
      rebuilding,
      skipped: status.skipped.length,
    }));
  }

  /**
   * Asks that the documents be made anew beside the ones that answer.
   * @param despiteDamage whether they may take over though the log is damaged
   * @throws NotFound; LogReplaced, since documents made of another log are no cure for a lost one
   */
  async rebuild(name: string, { despiteDamage = false } = {}): Promise<void> {
    await this.refuseOtherLog();
    await this.#request(name, (control) => requestRebuild(this.documentStore, control, despiteDamage));
  }

  /**
   * Notes that a rebuild was accepted, until it is forgotten: whoever was told so is not left waiting for one that a queue
   * has lost. @throws NotFound
   */
  wantRebuild(name: string, wanted: WantedRebuild): Promise<void> {
    return this.#change(name, (control) => setWanted(this.documentStore, control, wanted));
  }

  /** The rebuilds that were accepted, and neither done nor refused. */
  async wantedRebuilds(): Promise<(WantedRebuild & { readonly projection: string })[]> {
    const names = this.projections.map(({ name }) => name);
    const controls = await this.documentStore.getMany<Control>(controlCollection, names);
    return controls.flatMap(({ _id, wanted }) => (wanted ? [{ ...wanted, projection: _id }] : []));
  }

  /** Notes that a rebuild was done, or was refused. One that was accepted since stays. @throws NotFound */
  forgetRebuild(name: string, key: string): Promise<void> {
    return this.#change(name, async (control) => {
      if (control.wanted?.key === key) await setWanted(this.documentStore, control);
    });
  }

  /**
   * Records that the documents of a projection may be made anew though the log is damaged, so that they come to lack what
   * it has lost. @throws NotFound
   */
  async allowDespiteDamage(name: string, reason: string, by: Actor): Promise<void> {
    this.#named(name);
    await this.#skips.allowDespiteDamage(name, reason, by);
  }

  /** @throws LogReplaced where the log is another one than before */
  async refuseOtherLog(): Promise<void> {
    await this.log.prove();
  }

  /**
   * Makes sure that the documents of projections hold what the log does of a tenant: all of it up to a position, and nothing
   * that it does not hold. Decisions rest on such documents alone.
   * @throws ReadModelsBehind where one is parked, or made of another log; LogReplaced
   */
  async requireInStep(names: readonly string[], position: string, tenant: string): Promise<void> {
    const lagging: string[] = [];
    for (const name of names) {
      const { live } = await this.#controlOf(name);
      const { checkpoints } = await progressionOf(this.documentStore, live, undefined, [partitionOf(tenant)]);
      const [held] = checkpoints as [Checkpoint];
      const isOther = live.log !== this.log.accepted?.eventId;
      if (held.parked || held.position < position || isOther) lagging.push(name);
      else if ((await this.eventStore.standingOf(placeOf(held))) === 'replaced') {
        await this.log.check(placeOf(held), live.log);
        lagging.push(name);
      }
    }
    if (lagging.length > 0) throw new ReadModelsBehind(position, lagging);
  }

  /**
   * Asks that a parked projection try its event again, or that it be looked again whether the log is whole.
   * @throws NotFound
   */
  async retry(name: string): Promise<void> {
    await this.#request(name, (control) => requestRetry(this.documentStore, control));
  }

  /**
   * Records that a projection may leave out the event that it is parked at, and asks that it go on. The event is left
   * out only where it cannot be taken: a rebuild with code that can take it does.
   * @param reason why the documents may lack it
   * @throws NotFound; RuleViolation where the projection is not parked
   */
  async skip(name: string, reason: string, by: Actor): Promise<Skip> {
    const projection = this.#named(name);
    const control = await this.#controlOf(name);
    const { build, live } = await this.#checkpoints(control);
    const parked = firstParked(live) ?? firstParked(build);
    if (!parked) throw notParked({ projection: name });
    const skip = await this.#skips.add(projection, parked, reason, by);
    await this.#request(name, (control) => requestRetry(this.documentStore, control));
    return skip;
  }

  /**
   * Compares every document with what the log says, slice after slice, for each of which the log is read once: the memory
   * that it takes does not grow with the documents.
   * @param compared is told after each slice how many documents were compared, and about how many there are
   * @throws NotFound
   */
  async verify(
    name: string,
    signal?: AbortSignal,
    compared?: (documents: number, total: number) => void,
  ): Promise<Verification> {
    const projection = this.#named(name);
    const control = await readControl(this.documentStore, name);
    if (!control) return nothingYet(name);
    const { documents, slices } = await slicesOf(this.documentStore, control.live.collection, this.sliceBytes);
    let whole: Verification | undefined;
    for (const slice of slices) {
      const part = await this.#verifySlice(projection, control, slice, whole === undefined, signal);
      whole = whole ? together(whole, part) : part;
      compared?.(whole.documents, Math.max(whole.documents, documents));
    }
    return whole!;
  }

  /** @param looksForDamage whether it is looked which streams of the log are not whole */
  async #verifySlice(
    projection: Projection,
    control: Control,
    slice: Slice,
    looksForDamage: boolean,
    signal: AbortSignal | undefined,
  ): Promise<Verification> {
    const { name } = projection;
    const { collection } = control.live;
    const comparison = new Comparison(projection, collection, this.catalog, this.eventStore, this.documentStore, slice);
    for (let round = 1; ; round++) {
      const before = await progressionOf(this.documentStore, control.live);
      const { differences, documents, newer } = await comparison.run(before.checkpoints, signal);
      const moved = before.version !== (await progressionOf(this.documentStore, control.live)).version;
      // Documents that were written while they were compared are compared again, with more of the log.
      if (newer.length > 0 && round < rounds) {
        await this.progress.next(roundMilliseconds);
        continue;
      }
      const found = moved ? differences : [...differences, ...newer];
      const damaged = looksForDamage ? await comparison.damaged(signal) : [];
      const isOfThisLog = control.live.log === this.log.accepted?.eventId;
      const held = isOfThisLog ? before.checkpoints : [];
      return {
        name,
        position: comparison.position,
        documents,
        events: comparison.events,
        differences: found.slice(0, listed),
        differing: found.length,
        damaged: damaged.slice(0, listed),
        damagedStreams: damaged.length,
        lostEvents: comparison.lostOf(held),
        skipped: skippedBy(before.checkpoints),
        ...comparison.misdescribed,
      };
    }
  }

  async #statusOf(projection: Projection, head: string, stored: StoredCheckpoints): Promise<ProjectionStatus> {
    const { name, version } = projection;
    const control = await readControl(this.documentStore, name);
    if (!control) return notStarted(name, version, head);
    const { build, live } = await this.#checkpoints(control, stored);
    const position = leastOf(live);
    const [parked, buildParked] = [firstParked(live), firstParked(build)];
    // Documents of another version come no further until those of this one take over.
    const { held: buildHeld, said: buildHeldSaid } =
      build.find(({ judged }) => judged?.held !== undefined)?.judged ?? {};
    const buildHalted = (buildParked ?? buildHeld) !== undefined;
    const halted = parked !== undefined || (buildHalted && control.live.version !== version);
    const behind = position < head;
    const requested = control.request ?? (isToTryAgain([...live, ...build], control) ? 'retry' : undefined);
    return {
      name,
      version: control.live.version,
      state: (await this.#isAhead(control, live, head)) ? 'ahead' : halted ? 'parked' : behind ? 'behind' : 'current',
      rebuilding: control.building !== undefined,
      generations: control.generations,
      position,
      ...(control.building && { buildPosition: leastOf(build) }),
      head,
      lagSeconds: Math.max(...live.map((checkpoint) => this.#lagOf(checkpoint, head))),
      ...(requested && { requested }),
      ...(parked && { parked }),
      ...(buildParked && { buildParked }),
      parkedPartitions: allPartitions.filter((each) => live[each]?.parked ?? build[each]?.parked).length,
      ...(buildHeld !== undefined && { buildHeld }),
      ...(buildHeldSaid && { buildHeldSaid }),
      skipped: skippedBy(live),
    };
  }

  async #isAhead({ live: made }: Control, live: readonly Checkpoint[], head: string): Promise<boolean> {
    // What was made of another log answers until it is made of this one.
    if (made.log !== this.log.accepted?.eventId) return true;
    const furthest = live.reduce((most, each) => (each.position > most.position ? each : most));
    // An event that came after the head was read is none that the log does not hold.
    if (furthest.position <= head && !this.log.replaced) return false;
    return (await this.eventStore.standingOf(placeOf(furthest))) === 'replaced';
  }

  /** Of the documents that answer, and of those that are being filled: none of these where there are none. */
  async #checkpoints(
    { building, live }: Control,
    stored?: StoredCheckpoints,
  ): Promise<{ readonly live: readonly Checkpoint[]; readonly build: readonly Checkpoint[] }> {
    const [ofLive, ofBuild] = await Promise.all([
      progressionOf(this.documentStore, live, stored),
      building && progressionOf(this.documentStore, building, stored),
    ]);
    return { live: ofLive.checkpoints, build: ofBuild?.checkpoints ?? [] };
  }

  #lagOf({ position, recordedAt }: Checkpoint, head: string): number {
    return position < head && recordedAt ? this.#secondsSince(recordedAt) : 0;
  }

  #secondsSince(instant: string): number {
    return Math.max(0, Math.round((this.clock.now().getTime() - Date.parse(instant)) / 1000));
  }

  async #request(name: string, change: (control: Control) => Promise<unknown>): Promise<void> {
    await this.#change(name, change);
    this.progress.announce();
  }

  /** @throws NotFound where there is no such projection, or it has never been run */
  async #change(name: string, change: (control: Control) => Promise<unknown>): Promise<void> {
    this.#named(name);
    for (let attempt = 1; ; attempt++) {
      try {
        await change(await this.#controlOf(name));
        return;
      } catch (error) {
        // Its runner wrote at the same time.
        if (!(error instanceof LostRace) || attempt === attempts) throw error;
      }
    }
  }

  /** @throws NotFound where it has never been run */
  async #controlOf(name: string): Promise<Control> {
    const control = await readControl(this.documentStore, name);
    if (!control) throw new NotFound('started projection', name);
    return control;
  }

  #named(name: string): Projection {
    const projection = this.projections.find((known) => known.name === name);
    if (!projection) throw new NotFound('projection', name);
    return projection;
  }
}

/** What was found in slices, of which each was compared with as much of the log as there was by then. */
function together(before: Verification, after: Verification): Verification {
  const isCheckpoint = ({ field, kind }: Difference) => kind === 'ahead-of-log' && field === 'checkpoint';
  // That the checkpoint is of another log is found with every slice.
  const differences = after.differences.filter((one) => !before.differences.some(isCheckpoint) || !isCheckpoint(one));
  const differing = before.differing + after.differing - (after.differences.length - differences.length);
  return {
    ...before,
    documents: before.documents + after.documents,
    differences: [...before.differences, ...differences].slice(0, listed),
    differing,
    lostEvents: Math.max(before.lostEvents, after.lostEvents),
  };
}

/** The first event that any partition is parked at. */
function firstParked(checkpoints: readonly Checkpoint[]): Parked | undefined {
  const parked = checkpoints.flatMap((checkpoint) => checkpoint.parked ?? []);
  return parked.sort((one, other) => (one.position < other.position ? -1 : 1))[0];
}

/** What no partition holds because it was decided so, in the order of the log. */
const skippedBy = (checkpoints: readonly Checkpoint[]): Skip[] =>
  checkpoints.flatMap(({ skipped = [] }) => skipped).sort((one, other) => (one.position < other.position ? -1 : 1));

/** Whether a partition has not yet tried again what it was asked to. */
const isToTryAgain = (checkpoints: readonly Checkpoint[], control: Control): boolean =>
  checkpoints.some(({ judged, parked, parkedRetries = 0 }) => {
    const tried = parked ? parkedRetries : judged?.held === undefined ? undefined : judged.retries;
    return tried !== undefined && tried < retriesOf(control);
  });

const nothingYet = (name: string): Verification => ({
  name,
  position: startOfLog,
  documents: 0,
  events: 0,
  differences: [],
  differing: 0,
  damaged: [],
  damagedStreams: 0,
  lostEvents: 0,
  skipped: [],
  misdescribed: [],
  misdescribedEvents: 0,
});

const notStarted = (name: string, version: number, head: string): ProjectionStatus => ({
  name,
  version,
  state: 'not-started',
  rebuilding: false,
  generations: 0,
  position: startOfLog,
  head,
  lagSeconds: 0,
  parkedPartitions: 0,
  skipped: [],
});

const notParked = rule(
  'projection-is-parked',
  '{projection} is not parked at an event',
  '{projection} har inte stannat vid en händelse',
);
