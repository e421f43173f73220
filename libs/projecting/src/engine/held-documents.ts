import { LRUCache } from 'lru-cache';
import type { Document, DocumentStore } from '#document-store';
import type { RecordedEvent, TimeSlices } from '#kernel';
import { sourceOfPart } from '../folding/folding.js';
import type { HeldDocument, Outcome } from '../folding/folding.js';
import { roughBytes } from '#kernel';
import type { Derived } from '../projection.js';

/** How much memory documents may take, in bytes, about. */
export interface MemoryBounds {
  /**
   * Once those that were touched since the last write take so much, room is made before more events are folded; or once
   * parts that were made whole take a third of it.
   */
  readonly touched: number;
  /** So much is kept between writes, so that a busy document is not read again for each. */
  readonly kept: number;
  /** So much is read or written at a time: others have their turn in between. */
  readonly atOnce: number;
}

export const memoryBounds: MemoryBounds = { touched: 24 * 2 ** 20, kept: 8 * 2 ** 20, atOnce: 2 ** 20 };

const mostAtOnce = 1_000;
/** What a document is taken to be before any was read. */
const typicalAtFirst = 64 * 2 ** 10;

/** A document in memory, which changes in place as events are folded into it. */
export interface Held extends HeldDocument {
  /** Whether the store was asked for it. A part that is made whole need not be read. */
  read: boolean;
  /** Whether it is newer than the one in the store. */
  changed: boolean;
  /** About how much memory it takes. */
  bytes: number;
  /** Whether that was reckoned from the document as it is, rather than from the events that it took in. */
  measured: boolean;
}

/** A source with those of its parts that are in memory: they are loaded after it and go with it, so that none is older. */
interface HeldSource extends Held {
  readonly parts: Map<string, Held>;
}

/** Holds the documents of one collection in memory while events are folded into them, and writes them. */
export class HeldDocuments {
  /** The sources that were touched since the last write. */
  readonly #touched = new Map<string, HeldSource>();
  readonly #kept: LRUCache<string, HeldSource>;
  readonly #unread = new Map<string, Held>();
  /** Parts that were made whole since they were last written. */
  readonly #made = new Set<Held>();
  #bytes = 0;
  #madeBytes = 0;
  #isBehind = false;
  #typicalBytes = typicalAtFirst;

  constructor(
    private readonly store: DocumentStore,
    private readonly collection: string,
    private readonly slices: TimeSlices,
    private readonly bounds: MemoryBounds,
  ) {
    this.#kept = new LRUCache({ maxSize: bounds.kept, sizeCalculation: bytesOf });
  }

  /** Whether room should be made before more are touched. */
  get full(): boolean {
    return this.#bytes >= this.bounds.touched || this.#madeBytes >= this.bounds.touched / 3;
  }

  /** Whether so many sources wait to be loaded as should be loaded at once. */
  get shouldLoad(): boolean {
    return this.#unread.size >= this.#atOnce;
  }

  /** A source in memory. One that is not there yet waits to be loaded. */
  touch(id: string): Held {
    const touched = this.#touched.get(id);
    if (touched) return touched;
    const held = this.#kept.get(id) ?? { ...nothingOf(id), parts: new Map<string, Held>() };
    if (!held.read) this.#unread.set(id, held);
    this.#touched.set(id, held);
    this.#bytes += bytesOf(held);
    return held;
  }

  /** Loads the sources that wait for it. */
  load(): Promise<void> {
    return this.#read();
  }

  /** Loads the parts that are to be changed, as far as they are not in memory. */
  loadParts(derived: Iterable<Derived<Document>>): Promise<void> {
    for (const part of derived) {
      if ('document' in part) continue;
      const held = this.part(part.id);
      if (!held.read && held.document === undefined) this.#unread.set(held.id, held);
    }
    return this.#read();
  }

  /** A part in memory, of a source that was touched. */
  part(id: string): Held {
    const { parts } = this.#touched.get(sourceOfPart(id))!;
    let held = parts.get(id);
    if (!held) parts.set(id, (held = nothingOf(id)));
    return held;
  }

  /** Lets a document be what an event makes of it. @param eventBytes about how much an event adds to what is there */
  take({ after, held }: Outcome<Held>, { position }: RecordedEvent, eventBytes: number): void {
    const isNew = held.document === undefined;
    const bytes = isNew ? roughBytes(after) : eventBytes;
    if (isNew && !held.read) this.#made.add(held);
    if (!held.read) this.#madeBytes += bytes;
    held.document = after;
    held.position = position;
    held.changed = true;
    held.measured = isNew;
    held.bytes += bytes;
    this.#bytes += bytes;
  }

  /**
   * Writes parts that were made whole and lets them go: others seldom touch them, so that what else was touched can stay
   * for the events that change it again. Parts may always be ahead of their sources.
   * @returns whether there is room now; else everything should be written
   * @throws DocumentRefused where the store will never keep one of the documents
   */
  async makeRoom(): Promise<boolean> {
    const made = [...this.#made];
    await this.#replace(made);
    for (const part of made) {
      this.#touched.get(sourceOfPart(part.id))!.parts.delete(part.id);
      this.#bytes -= part.bytes;
    }
    this.#made.clear();
    this.#madeBytes = 0;
    const enough = 0.75 * this.bounds.touched;
    if (this.#bytes > enough) await this.#measure();
    return this.#bytes <= enough;
  }

  /**
   * Writes what was changed, all parts before any source.
   * @throws DocumentRefused where the store will never keep one of the documents
   */
  async write(): Promise<void> {
    const sources = [...this.#touched.values()];
    await this.#replace(sources.flatMap((source) => [...source.parts.values()]));
    await this.#replace(sources);
    for (const source of sources) this.#keep(source);
    this.#touched.clear();
    this.#made.clear();
    this.#madeBytes = 0;
    this.#bytes = 0;
    // Somebody else has written newer documents: what is kept here may be behind them.
    if (this.#isBehind) this.#kept.clear();
    this.#isBehind = false;
  }

  /** Forgets everything, also what was not written. */
  clear(): void {
    this.#touched.clear();
    this.#unread.clear();
    this.#made.clear();
    this.#madeBytes = 0;
    this.#kept.clear();
    this.#bytes = 0;
    this.#isBehind = false;
  }

  get #atOnce(): number {
    return Math.min(mostAtOnce, Math.ceil(this.bounds.atOnce / this.#typicalBytes));
  }

  async #read(): Promise<void> {
    while (this.#unread.size > 0) {
      await this.slices.next();
      const some = new Map([...this.#unread].slice(0, this.#atOnce));
      const found = await this.store.getMany(this.collection, [...some.keys()]);
      const before = this.#bytes;
      for (const { _position, ...document } of found) {
        const held = some.get(document._id)!;
        held.document = document;
        held.position = _position;
        held.bytes = roughBytes(document);
        this.#bytes += held.bytes;
      }
      for (const [id, held] of some) {
        held.read = true;
        this.#unread.delete(id);
      }
      if (found.length > 0) this.#typicalBytes = (this.#typicalBytes + (this.#bytes - before) / found.length) / 2;
    }
  }

  async #replace(documents: readonly Held[]): Promise<void> {
    // Those of one source come together, so that a transaction changes few pages of a store.
    const changed = documents.filter((held) => held.changed).sort((one, other) => (one.id < other.id ? -1 : 1));
    for (let from = 0; from < changed.length;) {
      await this.slices.next();
      const some = changed.slice(from, this.#endOfSome(changed, from));
      const writes = some.map(({ document, position }) => ({ document: document!, position }));
      const written = await this.store.replaceMany(this.collection, writes);
      this.#isBehind ||= written < writes.length;
      for (const held of some) {
        held.changed = false;
        if (held.read) measure(held);
      }
      from += some.length;
    }
  }

  /** Reckons what is touched as it is: what events add to a document may take the place of what it held. */
  async #measure(): Promise<void> {
    this.#bytes = 0;
    for (const source of this.#touched.values()) {
      measure(source);
      for (const part of source.parts.values()) measure(part);
      this.#bytes += bytesOf(source);
      await this.slices.next();
    }
  }

  #endOfSome(documents: readonly Held[], from: number): number {
    let end = from;
    for (let bytes = 0; end < documents.length && end - from < mostAtOnce && bytes < this.bounds.atOnce; end++) {
      bytes += documents[end]!.bytes;
    }
    return end;
  }

  /** Parts that were made whole are let go: others seldom touch them. */
  #keep(source: HeldSource): void {
    for (const [id, part] of source.parts) if (!part.read) source.parts.delete(id);
    this.#kept.set(source.id, source);
  }
}

const nothingOf = (id: string): Held => ({
  id,
  document: undefined,
  position: '',
  read: false,
  changed: false,
  bytes: 0,
  measured: true,
});

function measure(held: Held): void {
  if (held.measured) return;
  held.bytes = held.document === undefined ? 0 : roughBytes(held.document);
  held.measured = true;
}

/** About how much memory a source takes with its parts. */
function bytesOf({ bytes, parts }: HeldSource): number {
  let all = bytes + 1;
  for (const part of parts.values()) all += part.bytes;
  return all;
}
