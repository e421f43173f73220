import type { Document, DocumentStore, Filter, FindOptions, Stored } from '#document-store';
import { Deadline } from '#kernel';
import { controlCollection } from './engine/bookkeeping.js';
import type { Control, Generation } from './engine/bookkeeping.js';
import { leastOf, progressionOf, StoredCheckpoints } from './engine/checkpoints.js';
import { liveLookupMilliseconds } from './engine/engine-options.js';
import type { WatchOfLog } from './engine/engine-options.js';
import { allPartitions, partitionOf } from './partitions.js';
import type { Progress } from './progress.js';
import type { Projection } from './projection.js';
import { ReadModelsBehind } from './read-models-behind.js';
import { ReadModels } from './read-models.port.js';
import type { Waiting } from './read-models.port.js';

const pollMilliseconds = 25;

/** Reads the collections that are live. */
export class StoredReadModels extends ReadModels {
  readonly #live = new Map<string, Generation>();
  /** Partitions and collections that have come as far as one another. */
  readonly #made = new Set<string>();
  #lookedUp = -Infinity;

  constructor(
    private readonly store: DocumentStore,
    private readonly projections: readonly Pick<Projection, 'name'>[],
    private readonly progress: Progress,
    private readonly log: WatchOfLog,
  ) {
    super();
  }

  get ofAnotherLog(): boolean {
    return [...this.#live.values()].some((made) => !this.#isOfThisLog(made));
  }

  async get<D extends Document>({ name }: Projection<D, never, Document>, id: string): Promise<D | undefined> {
    const collection = await this.#collection(name);
    const found = collection && (await this.store.get<D>(collection, id));
    return found ? withoutPosition(found) : undefined;
  }

  async getMany<D extends Document>({ name }: Projection<D, never, Document>, ids: readonly string[]): Promise<D[]> {
    if (ids.length === 0) return [];
    const collection = await this.#collection(name);
    return collection ? (await this.store.getMany<D>(collection, ids)).map(withoutPosition) : [];
  }

  async find<D extends Document>(
    { name }: Projection<D, never, Document>,
    filter: Filter,
    options?: FindOptions,
  ): Promise<D[]> {
    const collection = await this.#collection(name);
    return collection ? (await this.store.find<D>(collection, filter, options)).map(withoutPosition) : [];
  }

  async count<D extends Document>({ name }: Projection<D, never, Document>, filter: Filter): Promise<number> {
    const collection = await this.#collection(name);
    return collection ? this.store.count(collection, filter) : 0;
  }

  /** What has come so far once stays with the others, or is parked, which is told elsewhere. */
  async areMade(projections: readonly Pick<Projection, 'name' | 'version'>[], tenant: string): Promise<boolean> {
    const made = await this.#generations();
    const partitions = [partitionOf(tenant)];
    const generations: Generation[] = [];
    for (const { name, version } of projections) {
      const generation = made.get(name);
      if (generation?.version !== version) return false;
      generations.push(generation);
    }
    const key = [...partitions, ...generations.map(({ collection }) => collection)].join();
    if (this.#made.has(key)) return true;
    const stored = await StoredCheckpoints.read(this.store, partitions);
    const positions = await Promise.all(
      generations.map(async (each) => leastOf((await progressionOf(this.store, each, stored, partitions)).checkpoints)),
    );
    if (positions.some((position) => position < positions[0]!)) return false;
    this.#made.add(key);
    return true;
  }

  async waitForDocuments(
    { name }: Pick<Projection, 'name'>,
    other: Pick<Projection, 'name'>,
    { milliseconds = 5_000, tenant }: Required<Pick<Waiting, 'tenant'>> & Waiting,
  ): Promise<void> {
    const partitions = [partitionOf(tenant)];
    for (const deadline = new Deadline(milliseconds); ;) {
      const made = await this.#generations();
      const [asked, others] = [made.get(name), made.get(other.name)];
      // Where nothing is told yet, nothing is told incompletely.
      if (!others) return;
      const key = [...partitions, asked?.collection, others.collection].join();
      if (this.#made.has(key)) return;
      const stored = await StoredCheckpoints.read(this.store, partitions);
      const { checkpoints } = await progressionOf(this.store, others, stored, partitions);
      const position = leastOf(checkpoints);
      const come = asked && (await progressionOf(this.store, asked, stored, partitions)).checkpoints;
      if (come?.every((checkpoint) => checkpoint.parked || checkpoint.position >= position)) {
        this.#made.add(key);
        return;
      }
      if (deadline.hasPassed) throw new ReadModelsBehind(position, [name]);
      await this.progress.next(Math.min(deadline.left, pollMilliseconds));
    }
  }

  /** A projection that is parked is not waited for: it comes no further until somebody mends it. */
  async waitFor(position: string, { milliseconds = 5_000, tenant }: Waiting = {}): Promise<void> {
    const partitions = tenant === undefined ? allPartitions : [partitionOf(tenant)];
    for (const deadline = new Deadline(milliseconds); ;) {
      this.log.refuseReplaced();
      const behind = await this.#behind(position, partitions);
      if (behind.length === 0) return;
      if (deadline.hasPassed) throw new ReadModelsBehind(position, behind);
      await this.progress.next(Math.min(deadline.left, pollMilliseconds));
    }
  }

  async #behind(position: string, partitions: readonly number[]): Promise<string[]> {
    const made = await this.#generations();
    const stored = await StoredCheckpoints.read(this.store, partitions);
    const behind: string[] = [];
    for (const { name } of this.projections) {
      const generation = made.get(name);
      // Where documents have come in a log that is gone says nothing of this one.
      const isKnown = generation && this.#isOfThisLog(generation);
      const isThere =
        isKnown &&
        (await progressionOf(this.store, generation, stored, partitions)).checkpoints.every(
          (checkpoint) => checkpoint.parked || checkpoint.position >= position,
        );
      if (!isThere) behind.push(name);
    }
    return behind;
  }

  #isOfThisLog({ log }: Generation): boolean {
    return log === this.log.accepted?.eventId;
  }

  async #collection(name: string): Promise<string | undefined> {
    return (await this.#generations()).get(name)?.collection;
  }

  async #generations(): Promise<ReadonlyMap<string, Generation>> {
    const live = [...this.#live.values()];
    const complete = live.length === this.projections.length && live.every((each) => this.#isOfThisLog(each));
    if (complete && performance.now() - this.#lookedUp < liveLookupMilliseconds) return this.#live;
    this.#lookedUp = performance.now();
    const names = this.projections.map(({ name }) => name);
    for (const { _id, live } of await this.store.getMany<Control>(controlCollection, names)) {
      this.#live.set(_id, live);
    }
    return this.#live;
  }
}

function withoutPosition<D extends Document>(stored: Stored<D>): D {
  const { _position, ...document } = stored;
  return document as unknown as D;
}
