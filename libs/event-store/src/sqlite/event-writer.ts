import type Database from 'libsql';
import { EventIdReused, LogDamaged, RevisionMismatch } from '#kernel';
import type { EventEnvelope } from '#kernel';
import { requireWrittenSize, written as writtenDown } from '../append-size.js';
import type { WrittenEvent } from '../append-size.js';
import type { AppendResult, ExpectedRevision } from '../event-store.port.js';
import { positionOf } from './row.js';

const headsKept = 50_000;

interface Head {
  readonly revision: number;
  readonly position: number;
  /** Whether every revision before it was found to be there. */
  readonly whole: boolean;
}

const noStream: Head = { revision: -1, position: 0, whole: true };

/** Writes appends into an open transaction. */
export class EventWriter {
  readonly #insert: Database.Statement;
  readonly #head: Database.Statement;
  readonly #oldest: Database.Statement;
  readonly #count: Database.Statement;
  readonly #revisions: Database.Statement;
  readonly #at: Database.Statement;
  readonly #known: Database.Statement;
  /** Where streams end: holds as long as no other process has written. */
  readonly #heads = new Map<string, Head>();

  constructor(private readonly database: Database.Database) {
    this.#insert = database.prepare(
      'INSERT INTO events (stream, revision, id, type, tenant, data, metadata) VALUES (?, ?, ?, ?, ?, ?, ?)',
    );
    this.#head = database
      .prepare('SELECT revision, position FROM events WHERE stream = ? ORDER BY revision DESC LIMIT 1')
      .raw();
    this.#oldest = database.prepare('SELECT revision FROM events WHERE stream = ? ORDER BY revision LIMIT 1').raw();
    this.#count = database.prepare('SELECT count(*) FROM events WHERE stream = ?').raw();
    this.#revisions = database.prepare('SELECT revision FROM events WHERE stream = ? ORDER BY revision').raw();
    this.#at = database
      .prepare('SELECT id, position FROM events WHERE stream = ? AND revision BETWEEN ? AND ? ORDER BY revision')
      .raw();
    this.#known = database.prepare('SELECT 1 FROM events WHERE id = ?').raw();
  }

  /** Forgets where streams end: after another process wrote, or after a transaction was rolled back. */
  forget(): void {
    this.#heads.clear();
  }

  /** @throws RevisionMismatch, EventIdReused, AppendTooLarge, LogDamaged; nothing of the append is then left in the transaction */
  write(stream: string, events: readonly EventEnvelope[], expected: ExpectedRevision): AppendResult {
    // Whether a new stream is new is for the table to say, which refuses a revision twice: no need to ask it first.
    const isNew = expected === 'no-stream' && !this.#heads.has(stream);
    const head = isNew ? noStream : this.#headOf(stream);
    const expectedRevision = expected === 'no-stream' ? -1 : expected;
    if (head.revision !== expectedRevision) {
      return this.#repeated(stream, events, expectedRevision) ?? this.#refuse(stream, events, expected, head);
    }
    // What was recorded when there was no limit is known above, and answered as it was.
    const texts = events.map(writtenDown);
    requireWrittenSize(stream, texts);
    if (isNew) this.#refuseRemains(stream);
    else this.#requireWhole(stream, head);
    let written: Head;
    try {
      written =
        events.length === 1
          ? this.#insertAll(stream, events, texts, head)
          : this.#insertWhole(stream, events, texts, head);
    } catch (error) {
      if (!isConstraint(error)) throw error;
      if (isNew && this.#headOf(stream) !== noStream) return this.write(stream, events, expected);
      // Neither a revision is taken nor a column empty: what is left is an id.
      throw new EventIdReused(stream);
    }
    this.#remember(stream, written);
    return { revision: written.revision, position: positionOf(written.position) };
  }

  /** What is left of a stream whose beginning is gone would else take a new one for its beginning. */
  #refuseRemains(stream: string): void {
    const [found] = (this.#oldest.get(stream) ?? []) as [number?];
    if (found !== undefined && found > 0) throw new LogDamaged({ stream, awaited: 0, found });
  }

  /** Once for what is known of a stream: a file that somebody edits is written by another connection. */
  #requireWhole(stream: string, head: Head): void {
    if (head.whole || head.revision < 0) return;
    const [events] = this.#count.get(stream) as [number];
    if (events <= head.revision) throw new LogDamaged({ stream, ...this.#firstMissing(stream) });
    this.#remember(stream, { ...head, whole: true });
  }

  #firstMissing(stream: string): { readonly awaited: number; readonly found: number } {
    const revisions = (this.#revisions.all(stream) as [number][]).flat();
    const awaited = revisions.findIndex((revision, index) => revision !== index);
    return { awaited, found: revisions[awaited]! };
  }

  /** What is known can be read again, so that it is cheaper to forget it all now and then than to know what is used. */
  #remember(stream: string, head: Head): void {
    if (this.#heads.size >= headsKept) this.#heads.clear();
    this.#heads.set(stream, head);
  }

  #headOf(stream: string): Head {
    const known = this.#heads.get(stream);
    if (known) return known;
    const row = this.#head.get(stream) as [number, number] | undefined;
    const head = row ? { revision: row[0], position: row[1], whole: false } : noStream;
    this.#remember(stream, head);
    return head;
  }

  #insertWhole(stream: string, events: readonly EventEnvelope[], texts: readonly WrittenEvent[], head: Head): Head {
    this.database.exec('SAVEPOINT append');
    try {
      return this.#insertAll(stream, events, texts, head);
    } catch (error) {
      this.database.exec('ROLLBACK TO append');
      throw error;
    } finally {
      this.database.exec('RELEASE append');
    }
  }

  #insertAll(stream: string, events: readonly EventEnvelope[], texts: readonly WrittenEvent[], head: Head): Head {
    let { position, revision } = head;
    for (const [index, { id, metadata, type }] of events.entries()) {
      const text = texts[index]!;
      revision++;
      const { lastInsertRowid } = this.#insert.run(
        stream,
        revision,
        id,
        type,
        metadata.tenant,
        text.data,
        text.metadata,
      );
      position = Number(lastInsertRowid);
    }
    return { revision, position, whole: true };
  }

  /** The first answer, where the stream holds exactly these events at that place. */
  #repeated(stream: string, events: readonly EventEnvelope[], expected: number): AppendResult | undefined {
    const last = expected + events.length;
    const rows = this.#at.all(stream, expected + 1, last) as [string, number][];
    if (rows.length !== events.length || rows.some(([id], index) => id !== events[index]!.id)) return undefined;
    return { revision: last, position: positionOf(rows.at(-1)![1]) };
  }

  #refuse(stream: string, events: readonly EventEnvelope[], expected: ExpectedRevision, { revision }: Head): never {
    if (events.some(({ id }) => this.#known.get(id))) throw new EventIdReused(stream);
    throw new RevisionMismatch(stream, expected, revision === -1 ? 'no-stream' : revision);
  }
}

const isConstraint = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('SQLITE_CONSTRAINT');
