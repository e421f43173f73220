import { Buffer } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { everything, metadataOf, Retention } from './retention.mjs';

/** What a server takes in one append, in bytes. */
export const maxAppendBytes = 1_048_576;

/** What a caller expects of a stream besides a revision. */
export const noStream = -1;
export const anyRevision = -2;

/** A server writes events of its own between those of its users. */
const ownEventEvery = 10;
const ownStream = '$stats-127.0.0.1:2113';

/**
 * What the server keeps: streams, and all of them in one order. With a file, an append is on the disk before it is
 * answered or read. Emits `grown` when more can be read.
 */
export class DoubleLog extends EventEmitter {
  /** What can be read, in the order of positions. */
  readable = [];
  #streams = new Map();
  #retentions = new Map();
  #tombstoned = new Set();
  /** Every position that an event has had, also one that is no longer there. */
  #positions = new Set();
  #end = 0;
  #file;
  #waiting = [];
  #writing;

  /** @param path where to keep the log; in memory alone when left out */
  static async open(path) {
    const log = new DoubleLog();
    log.setMaxListeners(0);
    if (path) await log.#load(path);
    if (log.#end === 0) await log.#appendOwn();
    return log;
  }

  /**
   * @returns `{ revision, position }` of the last event, `{ conflict }` with the revision that the stream has,
   * `{ tooLarge }`, or `{ deleted }`
   */
  async append(stream, expected, events) {
    const bytes = events.reduce(
      (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
      0,
    );
    if (bytes > maxAppendBytes) return { tooLarge: bytes };
    if (this.#tombstoned.has(stream)) return { deleted: true };
    const recorded = this.#streams.get(stream) ?? [];
    const current = recorded.length - 1;
    if (expected !== anyRevision && expected !== current) {
      const same = recorded.slice(expected + 1, expected + 1 + events.length);
      const repeated = same.length === events.length && same.every(({ id }, index) => id === events[index].id);
      // A stream of which nothing is left is taken for none, though its revisions go on.
      const gone = expected === noStream && this.stream(stream).length === 0 && !this.#isBeingWritten(stream);
      if (!repeated && !gone) return { conflict: current };
      if (repeated) {
        await this.#writing;
        return outcomeOf(same.at(-1));
      }
    }
    const revived = this.#retentions.get(stream)?.deletesAll;
    const records = this.#place({ stream, created: Date.now(), events });
    await this.#store({ stream, created: records[0].created, events }, records);
    // What was deleted softly comes back with what is appended, and without what it was.
    if (revived) await this.#setMetadata(stream, `{"$tb":${records[0].revision}}`);
    if (this.readable.length % ownEventEvery === 0) void this.#appendOwn();
    return outcomeOf(records.at(-1));
  }

  /** Deletes a stream softly: no read of it gives anything, and the log still does. Answers as `append`. */
  delete(stream) {
    return this.#setMetadata(stream, `{"$tb":${everything}}`);
  }

  /** Ends a stream for good. Answers as `append`. */
  async tombstone(stream) {
    if (this.#tombstoned.has(stream)) return { deleted: true };
    const append = { stream, created: Date.now(), events: [tombstone()], tombstone: true };
    const records = this.#place(append);
    await this.#store(append, records);
    return outcomeOf(records.at(-1));
  }

  /** Removes from the log what reads of streams no longer give. */
  async scavenge() {
    this.#removeHidden();
    await this.#store({ scavenged: true }, []);
  }

  /** What can be read of a stream, oldest first. */
  stream(name) {
    const records = this.#streams.get(name) ?? [];
    const kept = this.#retentions.get(name)?.kept(records) ?? records;
    return kept.filter(({ readable }) => readable);
  }

  /** The revision of a stream's newest event; -1 where there is no such stream. */
  revisionOf(name) {
    return (this.#streams.get(name) ?? []).length - 1;
  }

  isTombstoned(name) {
    return this.#tombstoned.has(name);
  }

  /** Whether an event has been at a position: a read may begin there, also where the event is no longer there. */
  holds(position) {
    return this.#positions.has(position);
  }

  /** The index of the first event that is at a position or beyond it. */
  indexAt(position) {
    let low = 0;
    let high = this.readable.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.readable[middle].position < position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  async close() {
    while (this.#writing) await this.#writing;
    await this.#file?.close();
  }

  #appendOwn() {
    const event = {
      id: randomUUID(),
      type: '$statsCollected',
      data: Buffer.from('{}'),
      metadata: Buffer.from(''),
    };
    return this.append(ownStream, anyRevision, [event]);
  }

  #setMetadata(stream, metadata) {
    const event = { id: randomUUID(), type: '$metadata', data: Buffer.from(metadata), metadata: Buffer.from('') };
    return this.append(`$$${stream}`, anyRevision, [event]);
  }

  #isBeingWritten(stream) {
    return (this.#streams.get(stream) ?? []).some(({ readable, scavenged }) => !readable && !scavenged);
  }

  #removeHidden() {
    for (const [stream, records] of this.#streams) {
      const visible = this.#tombstoned.has(stream) ? new Set() : new Set(this.stream(stream));
      for (const record of records.filter((each) => each.readable && !visible.has(each))) {
        record.readable = false;
        record.scavenged = true;
      }
    }
    this.readable = this.readable.filter(({ scavenged }) => !scavenged);
  }

  /** Gives events their places. They can be read when they are stored. */
  #place({ created, events, stream, tombstone: ends = false }) {
    const recorded = this.#streams.get(stream) ?? [];
    this.#streams.set(stream, recorded);
    return events.map((event) => {
      // As on a server: a position is where the event lies in the log's bytes.
      this.#end += 120 + event.data.length + event.metadata.length;
      const record = { ...event, stream, created, revision: recorded.length, position: this.#end, readable: false };
      this.#positions.add(this.#end);
      // It lies in the stream that it ends, behind every revision that there could be.
      if (ends) record.revision = everything;
      else recorded.push(record);
      return record;
    });
  }

  async #store(append, records) {
    this.#waiting.push({ line: this.#file ? lineOf(append) : '', records });
    this.#writing ??= this.#writeWaiting();
    await this.#writing;
    while (records.some(({ readable }) => !readable)) await this.#writing;
  }

  /** Writes all that waits with one flush to the disk, as a server does. */
  async #writeWaiting() {
    await null;
    const batch = this.#waiting.splice(0);
    if (this.#file) {
      await this.#file.appendFile(batch.map(({ line }) => line).join(''));
      await this.#file.datasync();
    }
    this.#writing = this.#waiting.length > 0 ? this.#writeWaiting() : undefined;
    for (const { records } of batch) this.#publish(records);
    this.emit('grown');
  }

  #publish(records) {
    for (const record of records) {
      record.readable = true;
      const described = metadataOf(record.stream);
      if (described && record.type === '$metadata') this.#retentions.set(described, Retention.from(record.data));
      if (record.revision === everything) this.#tombstoned.add(record.stream);
    }
    this.readable.push(...records);
  }

  async #load(path) {
    this.#file = await open(path, 'a+');
    const text = await readFile(path, 'utf8');
    const whole = text.lastIndexOf('\n') + 1;
    // What was cut off when the process was killed was never acknowledged.
    await this.#file.truncate(Buffer.byteLength(text.slice(0, whole)));
    for (const line of text.slice(0, whole).split('\n').slice(0, -1)) {
      const append = appendOf(line);
      if (append.scavenged) this.#removeHidden();
      else this.#publish(this.#place(append));
    }
  }
}

const tombstone = () => ({
  id: randomUUID(),
  type: '$streamDeleted',
  contentType: 'application/octet-stream',
  data: Buffer.from(''),
  metadata: Buffer.from(''),
});

const outcomeOf = ({ position, revision }) => ({ position, revision });

const lineOf = ({ created, events = [], scavenged, stream, tombstone: ends }) =>
  `${JSON.stringify({
    stream,
    created,
    scavenged,
    tombstone: ends,
    events: events.map((event) => ({
      ...event,
      data: Buffer.from(event.data).toString('base64'),
      metadata: Buffer.from(event.metadata).toString('base64'),
    })),
  })}\n`;

function appendOf(line) {
  const { events, ...append } = JSON.parse(line);
  const bytes = (text) => Buffer.from(text, 'base64');
  return {
    ...append,
    events: events.map((event) => ({ ...event, data: bytes(event.data), metadata: bytes(event.metadata) })),
  };
}
