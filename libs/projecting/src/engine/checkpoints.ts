import type { Document, DocumentStore } from '#document-store';
import type { NotedPlace } from '#event-store';
import { startOfLog } from '#kernel';
import type { Said } from '#kernel';
import { allPartitions } from '../partitions.js';
import type { Skip } from '../skips/skip.js';
import type { Generation } from './bookkeeping.js';
import { LostRace } from './lost-race.js';

const collection = 'checkpoints';

/** An event that a projection could not take. */
export interface Parked {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  /** What stands in the way, for those who look after it. */
  readonly error: string;
  /** The same in every language; missing where it was noted before that was told. */
  readonly said?: Said;
  readonly at: string;
  /** The partition that is parked there; the others go on. Missing where documents were made before there were any. */
  readonly partition?: number;
}

/** An event that documents hold: by its place in its own stream, which no other event ever has. */
export interface LastEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
}

/** What was found when it was looked whether the log is whole that documents were made anew from. */
export interface Judgement {
  /** How often it had been asked to try again by then. */
  readonly retries: number;
  /** The head of the log by then. Documents that have not come there are not yet what was judged. */
  readonly position: string;
  /** What keeps the documents from taking over: what the log has lost. */
  readonly held?: string;
  /** The same in every language; missing where it was noted before that was told. */
  readonly said?: Said;
}

/** How far a collection holds the events of a partition. */
export interface Checkpoint {
  /** The log was read up to here. */
  readonly position: string;
  /** When the event at the position was recorded. */
  readonly recordedAt?: string;
  /** The event at the position, whichever partition it belongs to. */
  readonly last?: LastEvent;
  /** How many events of the partition the log held up to the position, as they were met; missing where they were not counted. */
  readonly events?: number;
  readonly parked?: Parked;
  /** How often it had been asked to try again when it was parked. */
  readonly parkedRetries?: number;
  /** The events up to the position that the documents lack, because it was decided so. */
  readonly skipped?: readonly Skip[];
  /** Of documents that are made anew, once they have caught up. */
  readonly judged?: Judgement;
}

interface CollectionCheckpoint extends Checkpoint {
  readonly collection: string;
}

/** The checkpoints of a partition in every collection: one document, so that an event costs one write of it. */
interface PartitionDocument extends Document {
  readonly version: number;
  readonly collections: readonly CollectionCheckpoint[];
}

const idOf = (partition: number): string => `partition-${String(partition).padStart(2, '0')}`;

/** Checkpoints as they are stored, by partition and collection. */
export class StoredCheckpoints {
  private constructor(private readonly documents: ReadonlyMap<string, PartitionDocument>) {}

  /** @param partitions those that are asked for: all of them where it is left out */
  static async read(store: DocumentStore, partitions: readonly number[] = allPartitions): Promise<StoredCheckpoints> {
    const found = await store.getMany<PartitionDocument>(collection, partitions.map(idOf));
    return new StoredCheckpoints(new Map(found.map((document) => [document._id, document])));
  }

  /** How often the checkpoints of a partition have moved; 0 where they never have. */
  versionOf(partition: number): number {
    return this.documents.get(idOf(partition))?.version ?? 0;
  }

  /** Undefined where nothing of the partition was read into the collection yet. */
  of(partition: number, name: string): Checkpoint | undefined {
    return this.documents.get(idOf(partition))?.collections.find((one) => one.collection === name);
  }

  documentOf(partition: number): PartitionDocument | undefined {
    return this.documents.get(idOf(partition));
  }
}

/** Moves the checkpoints of one partition, which several may do in one process: one after the other. */
export class PartitionCheckpoints {
  #version: number | undefined;
  readonly #collections = new Map<string, Checkpoint>();
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly store: DocumentStore,
    readonly partition: number,
    stored: StoredCheckpoints,
  ) {
    const document = stored.documentOf(partition);
    this.#version = document?.version;
    for (const { collection: name, ...checkpoint } of document?.collections ?? []) {
      this.#collections.set(name, checkpoint);
    }
  }

  /** How often they have moved; 0 where they never have. */
  get version(): number {
    return this.#version ?? 0;
  }

  /** The collections that they are of. */
  get collections(): readonly string[] {
    return [...this.#collections.keys()];
  }

  /** As it was written last. */
  of(name: string): Checkpoint | undefined {
    return this.#collections.get(name);
  }

  /**
   * Moves the checkpoints of some collections in one write.
   * @throws LostRace where another runner has moved them
   */
  move(moved: ReadonlyMap<string, Checkpoint>): Promise<void> {
    return (this.#writing = this.#writing.then(() => this.#write(moved)));
  }

  /** Leaves out collections from the next write on. */
  forget(names: Iterable<string>): void {
    for (const name of names) this.#collections.delete(name);
  }

  async #write(moved: ReadonlyMap<string, Checkpoint>): Promise<void> {
    const next = new Map([...this.#collections, ...moved]);
    const document: PartitionDocument = {
      _id: idOf(this.partition),
      version: this.version + 1,
      collections: [...next].map(([name, checkpoint]) => ({ collection: name, ...checkpoint })),
    };
    if (!(await this.store.compareAndSet(collection, document, this.#version))) {
      throw new LostRace(`the checkpoints of partition ${this.partition}`);
    }
    this.#version = document.version;
    for (const [name, checkpoint] of moved) this.#collections.set(name, checkpoint);
  }
}

/** A checkpoint of all tenants at once, as it was kept before there were partitions. */
interface UndividedCheckpoint extends Document, Checkpoint {
  readonly version: number;
}

/** How far a collection has come, by partition; of one that was made before there were any, as a whole. */
export interface Progression {
  /** Each partition, whether it was begun or not; or the one checkpoint of all. */
  readonly checkpoints: readonly Checkpoint[];
  /** Changes whenever one of them has moved. */
  readonly version: string;
}

const notBegun: Checkpoint = { position: startOfLog };

/** @param partitions those that are asked for: all of them where it is left out */
export async function progressionOf(
  store: DocumentStore,
  made: Pick<Generation, 'collection' | 'partitions'>,
  stored?: StoredCheckpoints,
  partitions: readonly number[] = allPartitions,
): Promise<Progression> {
  if (made.partitions === undefined) {
    const undivided = await store.get<UndividedCheckpoint>(collection, made.collection);
    return { checkpoints: [undivided ?? notBegun], version: String(undivided?.version ?? 0) };
  }
  const checkpoints = stored ?? (await StoredCheckpoints.read(store, partitions));
  return {
    checkpoints: partitions.map((partition) => checkpoints.of(partition, made.collection) ?? notBegun),
    version: partitions.map((partition) => checkpoints.versionOf(partition)).join(),
  };
}

/** The place of the log up to which it was read. Long ago a checkpoint named no event. */
export const placeOf = ({ last, position }: Pick<Checkpoint, 'position' | 'last'>): NotedPlace => ({
  position,
  ...last,
});

/** The least of some positions. */
export const leastOf = (checkpoints: readonly Pick<Checkpoint, 'position'>[]): string =>
  checkpoints.map(({ position }) => position || startOfLog).reduce((least, each) => (each < least ? each : least));
