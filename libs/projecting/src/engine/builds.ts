import { addTo, inLanguage, usualLanguage } from '#kernel';
import type { Said } from '#kernel';
import { allPartitions } from '../partitions.js';
import { finishBuild } from './bookkeeping.js';
import type { Control } from './bookkeeping.js';
import { catchUp } from './catch-up.js';
import type { StoredCheckpoints } from './checkpoints.js';
import type { ProjectionEngineOptions } from './engine-options.js';
import { Judging } from './judging.js';
import type { Built } from './judging.js';
import type { Lane } from './lane.js';
import { unlessLost } from './lost-race.js';
import type { ProjectionRun } from './projection-run.js';

/** So often it is said how far documents are that are made anew. */
const unflushed = 10_000;

export interface BuildsOptions extends Pick<
  ProjectionEngineOptions,
  'catalog' | 'documentStore' | 'eventStore' | 'logger'
> {
  readonly batchSize: number;
  /** The lanes that follow the log, by partition. */
  readonly lanes: ReadonlyMap<number, Lane>;
  /** What is known of a projection by now. */
  readonly controlOf: (name: string) => Control;
  /** Another lane of a partition. */
  readonly laneBeside: (lane: Lane, runs: readonly ProjectionRun[]) => Lane;
  readonly spawn: (work: Promise<void>) => void;
}

/** A run that fills a partition of a collection, and the lane that it is to go along with. */
export interface Filling {
  readonly lane: Lane;
  readonly run: ProjectionRun;
}

/**
 * Fills collections that are to take over, in the partitions that are led, from one read of the log for all of them. What
 * has caught up goes along with the documents that answer, until it was looked whether the log is whole and every partition
 * has caught up, whoever leads it.
 */
export class Builds {
  /** The lanes that are being filled, and those that they are to go along with. */
  readonly #filling = new Map<Lane, Lane>();
  /** Those that somebody will judge. */
  readonly #inHand = new Set<ProjectionRun>();
  readonly #folded = new Map<number, number>();

  constructor(private readonly options: BuildsOptions) {}

  /** The lanes that are being filled. */
  get lanes(): readonly Lane[] {
    return [...this.#filling.keys()];
  }

  /** How many events of a partition were folded into collections that are made anew, apart from the others. */
  foldedOf(partition: number): number {
    const now = this.lanes.filter((lane) => lane.partition === partition);
    return now.reduce((sum, { folded }) => sum + folded, this.#folded.get(partition) ?? 0);
  }

  fills(partition: number, collection: string): boolean {
    const lanes = this.lanes.filter((lane) => lane.partition === partition);
    return lanes.some((lane) => lane.runs.some((run) => run.collection === collection));
  }

  /** Begins to fill what is to go along. */
  fill(fillings: readonly Filling[], signal: AbortSignal): void {
    const runs = new Map<Lane, ProjectionRun[]>();
    for (const { lane, run } of fillings) {
      addTo(runs, lane, run);
      this.#inHand.add(run);
    }
    for (const [lane, its] of runs) this.#filling.set(this.options.laneBeside(lane, its), lane);
    const lanes = this.lanes.filter((lane) => lane.runs.some((run) => fillings.some((each) => each.run === run)));
    this.options.spawn(this.#fill(fillings, lanes, signal));
  }

  /** Looks again at the log where nobody has, or where it was asked to try again. */
  judgeAgain(signal: AbortSignal): void {
    const due: Filling[] = [];
    for (const lane of this.options.lanes.values()) {
      for (const run of lane.runs) if (this.#isDue(run) && !this.#inHand.has(run)) due.push({ lane, run });
    }
    if (due.length === 0) return;
    for (const { run } of due) this.#inHand.add(run);
    this.options.spawn(this.#judgingOf(due).then((judging) => this.#judge(due, judging, signal)));
  }

  /**
   * Lets a collection take over that has caught up in all partitions, and was found to be whole.
   * @param isLiveDivided whether the one that answers is filled as well, so that it must not be further
   * @returns what is noted then; undefined where it does not take over yet, or somebody else was first
   */
  async tryToSwitch(control: Control, isLiveDivided: boolean, stored: StoredCheckpoints): Promise<Control | undefined> {
    const { building, live } = control;
    if (!building) return undefined;
    const isReady = allPartitions.every((partition) => {
      const built = stored.of(partition, building.collection);
      if (!built?.judged || built.judged.held !== undefined || built.parked) return false;
      if (built.position < built.judged.position) return false;
      const answering = isLiveDivided ? stored.of(partition, live.collection) : undefined;
      return !answering || answering.parked !== undefined || answering.position <= built.position;
    });
    if (!isReady) return undefined;
    return unlessLost(finishBuild(this.options.documentStore, control, building.collection), undefined);
  }

  async #fill(fillings: readonly Filling[], lanes: readonly Lane[], signal: AbortSignal): Promise<void> {
    const { batchSize, catalog, eventStore } = this.options;
    const judging = await this.#judgingOf(fillings);
    await catchUp(
      lanes,
      {
        batchSize,
        catalog,
        eventStore,
        inspection: judging.inspection,
        unflushedMilliseconds: unflushed,
        meets: (lane, position) => lane.position === undefined || position >= this.#filling.get(lane)!.end,
        join: (lane) => this.#join(lane),
      },
      signal,
    );
    if (!signal.aborted) await this.#judge(fillings, judging, signal);
  }

  #join(filled: Lane): void {
    for (const run of filled.runs) this.#filling.get(filled)!.add(run);
    this.#folded.set(filled.partition, (this.#folded.get(filled.partition) ?? 0) + filled.folded);
    this.#filling.delete(filled);
  }

  /** Whether it should be looked whether the log is whole. */
  #isDue({ collection, judged, projection, retries, stuck }: ProjectionRun): boolean {
    if (this.options.controlOf(projection.name).building?.collection !== collection || stuck) return false;
    return !judged || (judged.held !== undefined && judged.retries < retries);
  }

  #judgingOf(fillings: readonly Filling[]): Promise<Judging> {
    return Judging.of(this.options.eventStore, this.options.documentStore, this.#builtOf(fillings));
  }

  #builtOf(fillings: readonly Filling[]): Built[] {
    const names = new Set(fillings.map(({ run }) => run.projection.name));
    return [...names].map((name) => ({
      control: this.options.controlOf(name),
      parts: fillings.filter(({ run }) => run.projection.name === name),
    }));
  }

  async #judge(fillings: readonly Filling[], judging: Judging, signal: AbortSignal): Promise<void> {
    try {
      const due = fillings.filter(({ lane, run }) => lane.runs.includes(run) && this.#isDue(run));
      const built = this.#builtOf(due);
      const doubted = built.filter(({ control }) => !control.building?.despiteDamage);
      const losses = doubted.length > 0 ? await judging.lossesOf(doubted, signal) : [];
      const position = await this.options.eventStore.head();
      for (const one of built) await this.#note(one, position, losses[doubted.indexOf(one)]);
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      for (const { run } of fillings) this.#inHand.delete(run);
    }
  }

  async #note({ parts }: Built, position: string, said: Said | undefined): Promise<void> {
    const held = said && inLanguage(usualLanguage, said);
    const judgement = { position, ...(said && held !== undefined && { held, said }) };
    for (const { run } of parts) run.judge({ retries: run.retries, ...judgement });
    for (const { lane } of parts) await lane.flush();
    const { collection, projection } = parts[0]!.run;
    if (held === undefined) return;
    this.options.logger.error(
      { projection: projection.name, collection, held },
      'documents that were made anew do not take over: bring the log back and retry, or rebuild despite the damage',
    );
  }
}
