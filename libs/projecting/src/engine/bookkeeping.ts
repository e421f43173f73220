import type { Document, DocumentStore } from '#document-store';
import type { Projection } from '../projection.js';

export const controlCollection = 'projections';
export const checkpointCollection = 'checkpoints';

/** A collection that a version of a projection fills. */
export interface Generation {
  readonly collection: string;
  /** The projection's version. */
  readonly version: number;
}

/** Which collection of a projection answers queries, and which one is being filled to take over. */
export interface Control extends Document {
  readonly version: number;
  readonly live: Generation;
  readonly building?: Generation;
  /** What was asked of the runner. */
  readonly request?: 'rebuild' | 'retry';
  /** How many collections there have been, so that no name comes twice. */
  readonly generations: number;
}

/** An event that a projection could not take. */
export interface Parked {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly error: string;
  readonly at: string;
}

/** How far a collection holds the log. */
export interface Checkpoint extends Document {
  readonly version: number;
  readonly position: string;
  /** When the event at the position was recorded. */
  readonly recordedAt?: string;
  readonly parked?: Parked;
}

export const readControl = (store: DocumentStore, name: string) => store.get<Control>(controlCollection, name);

export const readCheckpoint = (store: DocumentStore, collection: string) =>
  store.get<Checkpoint>(checkpointCollection, collection);

/** Another runner has written in the meantime. */
export class LostRace extends Error {
  constructor(what: string) {
    super(`Another runner has moved ${what}`);
    this.name = 'LostRace';
  }
}

/** The control document of a projection, which is made at its first start. @throws LostRace */
export async function needControl(store: DocumentStore, projection: Projection): Promise<Control> {
  const found = await readControl(store, projection.name);
  if (found) return found;
  const live = { collection: collectionName(projection, 1), version: projection.version };
  const control: Control = { _id: projection.name, version: 1, live, generations: 1 };
  await store.ensureIndexes(live.collection, projection.indexes ?? []);
  if (!(await store.compareAndSet(controlCollection, control, undefined))) throw new LostRace(projection.name);
  return control;
}

/** Begins a collection that is to take over. @throws LostRace */
export async function beginBuild(store: DocumentStore, projection: Projection, control: Control): Promise<Control> {
  const generations = control.generations + 1;
  const building = { collection: collectionName(projection, generations), version: projection.version };
  if (control.building) await store.drop(control.building.collection);
  await store.ensureIndexes(building.collection, projection.indexes ?? []);
  return writeControl(store, control, { ...control, building, generations });
}

/** Lets the collection that was built take over. @throws LostRace */
export async function finishBuild(store: DocumentStore, control: Control): Promise<Control> {
  const { building, ...rest } = control;
  return writeControl(store, control, { ...rest, live: building! });
}

/** Notes what is asked of the runner, or that it has been done. @throws LostRace */
export async function setRequest(
  store: DocumentStore,
  control: Control,
  request: NonNullable<Control['request']> | undefined,
): Promise<Control> {
  const { request: _, ...rest } = control;
  return writeControl(store, control, { ...rest, ...(request && { request }) });
}

async function writeControl(store: DocumentStore, from: Control, to: Control): Promise<Control> {
  const next = { ...to, version: from.version + 1 };
  if (!(await store.compareAndSet(controlCollection, next, from.version))) throw new LostRace(from._id);
  return next;
}

const collectionName = ({ name, version }: Projection, generation: number): string =>
  `${name}@${version}.${generation}`;
