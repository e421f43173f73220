import type { Document, DocumentStore, Filter, FindOptions, Stored } from '#document-store';
import { startOfLog } from '#kernel';
import { checkpointCollection, controlCollection } from './engine/bookkeeping.js';
import type { Checkpoint, Control } from './engine/bookkeeping.js';
import { liveLookupMilliseconds } from './engine/projection-engine.js';
import type { Progress } from './progress.js';
import type { Projection } from './projection.js';
import { ReadModelsBehind } from './read-models-behind.js';
import { ReadModels } from './read-models.port.js';

const pollMilliseconds = 25;

/** Reads the collections that are live. */
export class StoredReadModels extends ReadModels {
  readonly #live = new Map<string, string>();
  #lookedUp = -Infinity;

  constructor(
    private readonly store: DocumentStore,
    private readonly projections: readonly Pick<Projection, 'name'>[],
    private readonly progress: Progress,
  ) {
    super();
  }

  async get<D extends Document>({ name }: Projection<D, never>, id: string): Promise<D | undefined> {
    const collection = await this.#collection(name);
    const found = collection && (await this.store.get<D>(collection, id));
    return found ? withoutPosition(found) : undefined;
  }

  async getMany<D extends Document>({ name }: Projection<D, never>, ids: readonly string[]): Promise<D[]> {
    const collection = await this.#collection(name);
    return collection ? (await this.store.getMany<D>(collection, ids)).map(withoutPosition) : [];
  }

  async find<D extends Document>({ name }: Projection<D, never>, filter: Filter, options?: FindOptions): Promise<D[]> {
    const collection = await this.#collection(name);
    return collection ? (await this.store.find<D>(collection, filter, options)).map(withoutPosition) : [];
  }

  async count<D extends Document>({ name }: Projection<D, never>, filter: Filter): Promise<number> {
    const collection = await this.#collection(name);
    return collection ? this.store.count(collection, filter) : 0;
  }

  /** A projection that is parked or ahead of the log is not waited for: it comes no further until somebody mends it. */
  async waitFor(position: string, timeoutMilliseconds = 5_000): Promise<void> {
    const deadline = performance.now() + timeoutMilliseconds;
    for (;;) {
      const behind = await this.#behind(position);
      if (behind.length === 0) return;
      const left = deadline - performance.now();
      if (left <= 0) throw new ReadModelsBehind(position, behind);
      await this.progress.next(Math.min(left, pollMilliseconds));
    }
  }

  async #behind(position: string): Promise<string[]> {
    const collections = await this.#collections();
    const checkpoints = await this.store.getMany<Checkpoint>(checkpointCollection, [...collections.values()]);
    const byCollection = new Map(checkpoints.map((checkpoint) => [checkpoint._id, checkpoint]));
    return this.projections
      .map(({ name }) => name)
      .filter((name) => {
        const checkpoint = byCollection.get(collections.get(name) ?? '');
        const stuck = checkpoint?.parked ?? checkpoint?.aheadSince;
        return !stuck && (checkpoint?.position ?? startOfLog) < position;
      });
  }

  async #collection(name: string): Promise<string | undefined> {
    return (await this.#collections()).get(name);
  }

  async #collections(): Promise<ReadonlyMap<string, string>> {
    const complete = this.#live.size === this.projections.length;
    if (complete && performance.now() - this.#lookedUp < liveLookupMilliseconds) return this.#live;
    this.#lookedUp = performance.now();
    const names = this.projections.map(({ name }) => name);
    for (const { _id, live } of await this.store.getMany<Control>(controlCollection, names)) {
      this.#live.set(_id, live.collection);
    }
    return this.#live;
  }
}

function withoutPosition<D extends Document>(stored: Stored<D>): D {
  const { _position, ...document } = stored;
  return document as unknown as D;
}
