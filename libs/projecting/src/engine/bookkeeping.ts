import type { Document, DocumentStore } from '#document-store';
import type { NotedPlace } from '#event-store';
import type { Projection } from '../projection.js';
import type { Skip } from '../skips/skip.js';

export const controlCollection = 'projections';
export const checkpointCollection = 'checkpoints';

/** A collection that a version of a projection fills. */
export interface Generation {
  readonly collection: string;
  /** The projection's version. */
  readonly version: number;
  /** The acceptance of the log that it is filled from; missing where that is the first one. */
  readonly log?: string;
}

/** A collection that is being filled to take over. */
export interface Build extends Generation {
  /** Whether it may take over though the log is damaged. */
  readonly despiteDamage?: true;
  /** Why it does not take over though it has caught up: what the log has lost. */
  readonly held?: string;
}

/** A rebuild that somebody was told is under way. */
export interface WantedRebuild {
  /** Tells it from any other. */
  readonly key: string;
  /** How many collections there had been when it was asked for. */
  readonly after: number;
  readonly despiteDamage: boolean;
}

/** Which collection of a projection readers see, and which one is being filled to take over. */
export interface Control extends Document {
  readonly version: number;
  readonly live: Generation;
  readonly building?: Build;
  /** What was asked of the runner. */
  readonly request?: 'rebuild' | 'retry';
  /** Whether the rebuild that was asked for may take over though the log is damaged. */
  readonly despiteDamage?: true;
  /** The rebuild that was accepted last; until it is done, or was refused. */
  readonly wanted?: WantedRebuild;
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

/** An event that documents hold: by its place in its own stream, which no other event ever has. */
export interface LastEvent {
  readonly stream: string;
  readonly revision: number;
  readonly eventId: string;
}

/** How far a collection holds the log. */
export interface Checkpoint extends Document {
  readonly version: number;
  readonly position: string;
  /** When the event at the position was recorded. */
  readonly recordedAt?: string;
  /** The event at the position. */
  readonly last?: LastEvent;
  /** How many events the log held up to the position, as they were met; missing where they were not counted long ago. */
  readonly events?: number;
  readonly parked?: Parked;
  /** The events up to the position that the documents lack, because it was decided so. */
  readonly skipped?: readonly Skip[];
}

export const readControl = (store: DocumentStore, name: string) => store.get<Control>(controlCollection, name);

export const readCheckpoint = (store: DocumentStore, collection: string) =>
  store.get<Checkpoint>(checkpointCollection, collection);

/** The place of the log up to which a collection holds it. Long ago a checkpoint named no event. */
export const placeOf = ({ last, position }: Pick<Checkpoint, 'position' | 'last'>): NotedPlace => ({
  position,
  ...last,
});

/** Another runner has written in the meantime, or may have. */
export class LostRace extends Error {
  constructor(what: string) {
    super(`Another runner has moved ${what}, or may have`);
    this.name = 'LostRace';
  }
}

/** The control document of a projection, which is made at its first start. @throws LostRace */
export async function needControl(
  store: DocumentStore,
  projection: Projection,
  log: string | undefined,
): Promise<Control> {
  const found = await readControl(store, projection.name);
  if (found) return found;
  const live = generationOf(projection, 1, log);
  const control: Control = { _id: projection.name, version: 1, live, generations: 1 };
  await store.ensureIndexes(live.collection, projection.indexes ?? []);
  if (!(await store.compareAndSet(controlCollection, control, undefined))) throw new LostRace(projection.name);
  return control;
}

/**
 * Begins a collection that is to take over, which is also the answer to who asked for a rebuild: noted in one write, so
 * that the request is not lost with a runner that dies. @throws LostRace
 */
export async function beginBuild(
  store: DocumentStore,
  projection: Projection,
  control: Control,
  log: string | undefined,
): Promise<Control> {
  const { despiteDamage, request, ...rest } = control;
  const generations = control.generations + 1;
  const allowed = request === 'rebuild' && despiteDamage ? { despiteDamage } : {};
  const building: Build = { ...generationOf(projection, generations, log), ...allowed };
  await store.ensureIndexes(building.collection, projection.indexes ?? []);
  const left = request === 'retry' ? { request } : {};
  const begun = await writeControl(store, control, { ...rest, ...left, building, generations });
  // Only now is it sure that the build before it has not come to answer in the meantime.
  if (control.building) await store.drop(control.building.collection);
  return begun;
}

/** Lets the collection that was built take over. @throws LostRace where it is no longer the one that is being built */
export async function finishBuild(store: DocumentStore, control: Control, built: string): Promise<Control> {
  const { building, ...rest } = control;
  if (building?.collection !== built) throw new LostRace(control._id);
  const { despiteDamage: _allowed, held: _held, ...live } = building;
  return writeControl(store, control, { ...rest, live });
}

/** Notes why the collection that was built does not take over. @throws LostRace where it is no longer the one that is being built */
export async function holdBuild(store: DocumentStore, control: Control, built: string, held: string): Promise<Control> {
  const { building } = control;
  if (building?.collection !== built) throw new LostRace(control._id);
  return building.held === held
    ? control
    : writeControl(store, control, { ...control, building: { ...building, held } });
}

/** Notes what is asked of the runner, or that it has been done. @throws LostRace */
export async function setRequest(
  store: DocumentStore,
  control: Control,
  request: NonNullable<Control['request']> | undefined,
  despiteDamage = false,
): Promise<Control> {
  const { despiteDamage: _allowed, request: _request, ...rest } = control;
  const allowed = despiteDamage ? { despiteDamage } : {};
  return writeControl(store, control, { ...rest, ...(request && { request, ...allowed }) });
}

/** Notes which rebuild was accepted, or that none is waited for any more. @throws LostRace */
export async function setWanted(store: DocumentStore, control: Control, wanted?: WantedRebuild): Promise<Control> {
  const { wanted: _wanted, ...rest } = control;
  return writeControl(store, control, { ...rest, ...(wanted && { wanted }) });
}

/** Collections of a projection that neither answer nor are being filled, and that no runner can be about to use. */
export function leftoversOf({ _id, building, generations, live }: Control, collections: readonly string[]): string[] {
  const used = [live.collection, building?.collection];
  return collections.filter((name) => {
    const [projection, made] = name.split('@');
    return projection === _id && !used.includes(name) && Number(made?.split('.')[1]) <= generations;
  });
}

async function writeControl(store: DocumentStore, from: Control, to: Control): Promise<Control> {
  const next = { ...to, version: from.version + 1 };
  if (!(await store.compareAndSet(controlCollection, next, from.version))) throw new LostRace(from._id);
  return next;
}

function generationOf({ name, version }: Projection, generation: number, log: string | undefined): Generation {
  return { collection: `${name}@${version}.${generation}`, version, ...(log !== undefined && { log }) };
}
