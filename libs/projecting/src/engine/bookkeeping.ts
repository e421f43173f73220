import type { Document, DocumentStore } from '#document-store';
import { partitionCount } from '../partitions.js';
import type { Projection } from '../projection.js';
import { LostRace } from './lost-race.js';

export const controlCollection = 'projections';

/** A collection that a version of a projection fills. */
export interface Generation {
  readonly collection: string;
  /** The projection's version. */
  readonly version: number;
  /** The acceptance of the log that it is filled from; missing where that is the first one. */
  readonly log?: string;
  /** Into how many partitions its checkpoints are divided; missing where it was made before there were any. */
  readonly partitions?: number;
}

/** A collection that is being filled to take over. */
export interface Build extends Generation {
  /** Whether it may take over though the log is damaged. */
  readonly despiteDamage?: true;
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
  /** A rebuild that was asked for and has not begun. Whoever sees it first begins it. */
  readonly request?: 'rebuild';
  /** Whether the rebuild that was asked for may take over though the log is damaged. */
  readonly despiteDamage?: true;
  /**
   * How often it was asked to try again. It reaches every runner: each partition notes how often it had been asked when it
   * was parked.
   */
  readonly retries?: number;
  /** The rebuild that was accepted last; until it is done, or was refused. */
  readonly wanted?: WantedRebuild;
  /** How many collections there have been, so that no name comes twice. */
  readonly generations: number;
}

export const readControl = (store: DocumentStore, name: string) => store.get<Control>(controlCollection, name);

/** Whether a collection holds what this version of a projection makes of this log, by partitions as they are. */
export const isMadeFor = (
  made: Generation | undefined,
  { version }: Pick<Projection, 'version'>,
  log: string | undefined,
): boolean => made?.version === version && made.log === log && made.partitions === partitionCount;

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
  const begun = await writeControl(store, control, { ...rest, building, generations });
  // Only now is it sure that the build before it has not come to answer in the meantime.
  if (control.building) await store.drop(control.building.collection);
  return begun;
}

/** Lets the collection that was built take over. @throws LostRace where it is no longer the one that is being built */
export async function finishBuild(store: DocumentStore, control: Control, built: string): Promise<Control> {
  const { building, ...rest } = control;
  if (building?.collection !== built) throw new LostRace(control._id);
  const { despiteDamage: _allowed, ...live } = building;
  return writeControl(store, control, { ...rest, live });
}

/** Notes that a rebuild is asked for. @throws LostRace */
export async function requestRebuild(store: DocumentStore, control: Control, despiteDamage: boolean): Promise<Control> {
  const { despiteDamage: _allowed, ...rest } = control;
  return writeControl(store, control, { ...rest, request: 'rebuild', ...(despiteDamage && { despiteDamage }) });
}

/** Notes that it is asked to try again. @throws LostRace */
export const requestRetry = (store: DocumentStore, control: Control): Promise<Control> =>
  writeControl(store, control, { ...control, retries: retriesOf(control) + 1 });

/** How often it was asked to try again. */
export const retriesOf = ({ retries = 0 }: Pick<Control, 'retries'>): number => retries;

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
  return {
    collection: `${name}@${version}.${generation}`,
    version,
    partitions: partitionCount,
    ...(log !== undefined && { log }),
  };
}
