import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchedLog } from '#continuity';
import type { WatchedLog } from '#continuity';
import type { DocumentStore } from '#document-store';
import { openSqliteDocumentStore } from '#document-store/sqlite';
import type { EventStore } from '#event-store';
import { openSqliteEventStore } from '#event-store/sqlite';
import { anEvent, meddleWithFile, replaceLogFile } from '#event-store/testing';
import { newId, partsOfStream, systemClock } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { Progress, ProjectionAdmin, ProjectionEngine, StoredReadModels } from '../index.js';
import type { Projection } from '../index.js';
import { tallyCatalog } from './tallies.js';
import type { Noted, Tally } from './tallies.js';

type Tallies = readonly Projection<Tally, Noted>[];

export interface Told {
  readonly level: 'info' | 'warn' | 'error';
  readonly fields: object;
  readonly message: string;
}

const watched = (file: string, documentStore: DocumentStore): WatchedLog =>
  watchedLog(openSqliteEventStore(file), documentStore, { milliseconds: 20 });

/** Engines on stores in a temporary folder, with a lease of 300 milliseconds. */
export class Engines {
  readonly #running = new Set<ProjectionEngine>();
  /** What the engines have logged. */
  readonly told: Told[] = [];
  private file: string;

  private constructor(
    readonly folder: string,
    private log: WatchedLog,
    /** As those engines see it that are started from now on. */
    public eventStore: EventStore,
    readonly documentStore: DocumentStore,
  ) {
    this.file = join(folder, 'events.db');
  }

  static async open(): Promise<Engines> {
    const folder = await mkdtemp(join(tmpdir(), 'sparbar-engine-'));
    const documentStore = openSqliteDocumentStore(join(folder, 'documents.db'));
    const log = watched(join(folder, 'events.db'), documentStore);
    return new Engines(folder, log, log.eventStore, documentStore);
  }

  async close(): Promise<void> {
    for (const engine of this.#running) await engine.stop();
    await this.eventStore.close();
    await this.documentStore.close();
    await rm(this.folder, { recursive: true });
  }

  /**
   * Another log in place of the one that there was, as processes find it that start after that.
   * @param events by stream, the numbers that it holds
   */
  async replaceLog(events: Readonly<Record<string, readonly number[]>> = {}): Promise<void> {
    await this.eventStore.close();
    const file = join(this.folder, `events-${newId()}.db`);
    this.file = file;
    const other = openSqliteEventStore(file);
    for (const [stream, numbers] of Object.entries(events)) {
      await other.append(
        stream,
        numbers.map((number) => anEvent(number, partsOfStream(stream).tenant)),
        'no-stream',
      );
    }
    await other.close();
    this.log = watched(file, this.documentStore);
    this.eventStore = this.log.eventStore;
  }

  /** Puts a copy in the place of the file of the log, under those that have it open. */
  replaceLogFile(copy: string): Promise<void> {
    return replaceLogFile(this.file, copy);
  }

  /** Edits the file of the log that there is, past what would keep it. */
  meddle(): ReturnType<typeof meddleWithFile> {
    return meddleWithFile(this.file);
  }

  /** What watches the log that there is. */
  get watch(): WatchedLog['watch'] {
    return this.log.watch;
  }

  /** Accepts the log that there is. */
  async acceptLog(): Promise<void> {
    await this.log.admin.accept('The disk was lost', { id: 'operator', role: 'administrator' });
  }

  /** @param numbers what is noted, in order */
  async note(stream: string, numbers: readonly number[], after: number | 'no-stream' = 'no-stream'): Promise<string> {
    const events: EventEnvelope[] = numbers.map((number) => anEvent(number, partsOfStream(stream).tenant));
    return (await this.eventStore.append(stream, events, after)).position;
  }

  /** @param store the documents as this engine sees them */
  run(projections: Tallies, store: DocumentStore = this.documentStore, batchSize = 3) {
    const all = projections as unknown as readonly Projection[];
    const progress = new Progress();
    const log = (level: Told['level']) => (fields: object, message: string) => {
      this.told.push({ level, fields, message });
    };
    const engine = new ProjectionEngine({
      eventStore: this.eventStore,
      log: this.log.watch,
      documentStore: store,
      catalog: tallyCatalog,
      projections: all,
      clock: systemClock,
      logger: { info: log('info'), warn: log('warn'), error: log('error') },
      progress,
      batchSize,
      leaseMilliseconds: 300,
      tellWaitMilliseconds: 100,
    });
    engine.start();
    this.#running.add(engine);
    return { engine, readModels: this.readModels(projections, progress), admin: this.admin(projections, progress) };
  }

  admin(projections: Tallies, progress = new Progress()): ProjectionAdmin {
    const all = projections as unknown as readonly Projection[];
    return new ProjectionAdmin(
      this.eventStore,
      this.documentStore,
      tallyCatalog,
      all,
      systemClock,
      progress,
      this.log.watch,
    );
  }

  readModels(projections: Tallies, progress = new Progress()): StoredReadModels {
    return new StoredReadModels(this.documentStore, projections, progress, this.log.watch);
  }
}
