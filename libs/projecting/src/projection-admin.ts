import type { Document, DocumentStore, Stored } from '#document-store';
import type { EventStore } from '#event-store';
import { canonicalJson, NotFound, startOfLog } from '#kernel';
import type { Clock, EventCatalog, RecordedEvent } from '#kernel';
import { readCheckpoint, readControl, setRequest } from './engine/bookkeeping.js';
import type { Parked } from './engine/bookkeeping.js';
import type { Progress } from './progress.js';
import type { Projection, Reaction } from './projection.js';

export interface ProjectionStatus {
  readonly name: string;
  /** The version of the documents that answer. */
  readonly version: number;
  readonly state: 'current' | 'behind' | 'parked' | 'not-started';
  /** Whether a collection is being filled that will take over. */
  readonly rebuilding: boolean;
  /** Rises with every rebuild that was begun. */
  readonly generations: number;
  /** The position up to which the documents hold every event. */
  readonly position: string;
  /** How far a collection that is being filled has come. */
  readonly buildPosition?: string;
  /** The position of the newest event of the log. */
  readonly head: string;
  /** How old the newest event is that the documents hold, while they lack newer ones; 0 when they lack none. */
  readonly lagSeconds: number;
  readonly parked?: Parked;
}

/** A document that is not what the log says. */
export interface Difference {
  readonly id: string;
  readonly kind: 'missing' | 'needless' | 'different';
  /** The first field that differs. */
  readonly field?: string;
}

export interface Verification {
  readonly name: string;
  /** The position up to which documents and log were compared. */
  readonly position: string;
  readonly documents: number;
  readonly events: number;
  /** At most a hundred. */
  readonly differences: readonly Difference[];
  readonly differing: number;
}

const pageSize = 1_000;
const listed = 100;
const rounds = 5;

/** What an operator sees of the projections, and asks of whichever process runs them. */
export class ProjectionAdmin {
  constructor(
    private readonly eventStore: EventStore,
    private readonly documentStore: DocumentStore,
    private readonly catalog: EventCatalog,
    private readonly projections: readonly Projection[],
    private readonly clock: Clock,
    private readonly progress: Progress,
  ) {}

  async status(): Promise<ProjectionStatus[]> {
    const head = await this.eventStore.head();
    return Promise.all(this.projections.map((projection) => this.#statusOf(projection, head)));
  }

  /** Asks that the documents be made anew beside the ones that answer. @throws NotFound */
  rebuild(name: string): Promise<void> {
    return this.#request(name, 'rebuild');
  }

  /** Asks that a parked projection try its event again. @throws NotFound */
  retry(name: string): Promise<void> {
    return this.#request(name, 'retry');
  }

  /** Compares every document with what the log says. @throws NotFound */
  async verify(name: string): Promise<Verification> {
    const projection = this.#named(name);
    const control = await readControl(this.documentStore, name);
    if (!control) return { name, position: startOfLog, documents: 0, events: 0, differences: [], differing: 0 };
    const { collection } = control.live;
    const folded = new Folded(projection, this.catalog, this.eventStore);
    for (let round = 1; ; round++) {
      await folded.upTo((await readCheckpoint(this.documentStore, collection))?.position || startOfLog);
      const { differences, documents, running } = await this.#compare(collection, folded);
      // Documents that were written while they were compared are compared again, with more of the log.
      if (running && round < rounds) continue;
      const { events, position } = folded;
      return {
        name,
        position,
        documents,
        events,
        differences: differences.slice(0, listed),
        differing: differences.length,
      };
    }
  }

  async #statusOf(projection: Projection, head: string): Promise<ProjectionStatus> {
    const { name, version } = projection;
    const control = await readControl(this.documentStore, name);
    if (!control) {
      return {
        name,
        version,
        state: 'not-started',
        rebuilding: false,
        generations: 0,
        position: startOfLog,
        head,
        lagSeconds: 0,
      };
    }
    const checkpoint = await readCheckpoint(this.documentStore, control.live.collection);
    const build = control.building && (await readCheckpoint(this.documentStore, control.building.collection));
    const position = checkpoint?.position ?? startOfLog;
    const parked = checkpoint?.parked ?? build?.parked;
    const behind = position < head;
    return {
      name,
      version: control.live.version,
      state: parked ? 'parked' : behind ? 'behind' : 'current',
      rebuilding: control.building !== undefined,
      generations: control.generations,
      position,
      ...(control.building && { buildPosition: build?.position ?? startOfLog }),
      head,
      lagSeconds: behind && checkpoint?.recordedAt ? this.#secondsSince(checkpoint.recordedAt) : 0,
      ...(parked && { parked }),
    };
  }

  #secondsSince(instant: string): number {
    return Math.max(0, Math.round((this.clock.now().getTime() - Date.parse(instant)) / 1000));
  }

  async #request(name: string, request: 'rebuild' | 'retry'): Promise<void> {
    this.#named(name);
    const control = await readControl(this.documentStore, name);
    if (!control) throw new NotFound('started projection', name);
    await setRequest(this.documentStore, control, request);
    this.progress.announce();
  }

  #named(name: string): Projection {
    const projection = this.projections.find((known) => known.name === name);
    if (!projection) throw new NotFound('projection', name);
    return projection;
  }

  async #compare(collection: string, folded: Folded) {
    const differences: Difference[] = [];
    const seen = new Set<string>();
    let running = false;
    for (let last = ''; ;) {
      const page: Stored<Document>[] = await this.documentStore.find(
        collection,
        { _id: { $gt: last } },
        { sort: { _id: 1 }, limit: pageSize },
      );
      for (const stored of page) {
        seen.add(stored._id);
        if (stored._position > folded.position) running = true;
        else differences.push(...differencesOf(stored, folded.documents.get(stored._id)));
      }
      if (page.length < pageSize) break;
      last = page.at(-1)!._id;
    }
    for (const id of folded.documents.keys()) if (!seen.has(id)) differences.push({ id, kind: 'missing' });
    return { differences, documents: seen.size, running };
  }
}

function differencesOf(stored: Stored<Document>, folded: Document | undefined): Difference[] {
  const { _id: id, _position, ...actual } = stored;
  if (!folded) return [{ id, kind: 'needless' }];
  const { _id, ...expected } = folded;
  if (canonicalJson(actual) === canonicalJson(expected)) return [];
  const fields = [...new Set([...Object.keys(actual), ...Object.keys(expected)])].sort();
  const same = (field: string) => canonicalJson([actual[field]]) === canonicalJson([expected[field]]);
  const field = fields.find((name) => !same(name));
  return [{ id, kind: 'different', ...(field && { field }) }];
}

/** What the log says the documents are. */
class Folded {
  readonly documents = new Map<string, Document>();
  position = startOfLog;
  events = 0;

  constructor(
    private readonly projection: Projection,
    private readonly catalog: EventCatalog,
    private readonly eventStore: EventStore,
  ) {}

  async upTo(end: string): Promise<void> {
    const on = this.projection.on as Record<string, Reaction<Document, { type: string; data: unknown }> | undefined>;
    while (this.position < end) {
      const page = await this.eventStore.readAll({ after: this.position, limit: pageSize });
      for (const stored of page) {
        if (stored.position > end) break;
        this.position = stored.position;
        this.events++;
        const reaction = on[stored.type];
        if (!reaction) continue;
        const event = this.catalog.decode(stored) as unknown as RecordedEvent;
        const key = reaction.key(event);
        for (const id of typeof key === 'string' ? [key] : key) {
          this.documents.set(id, reaction.evolve(this.documents.get(id), event));
        }
      }
      if (page.length === 0) break;
    }
  }
}
