import { Buffer } from 'node:buffer';
import protobuf from 'google-protobuf';
import type { BinaryReader } from 'google-protobuf';
import type { Resolved } from './recorded.js';

/** The parts of a recorded event as they come, before they are made into what they mean. */
interface Parts {
  id: string;
  stream: string;
  revision: string;
  prepare: string;
  commit: string;
  /** What the server says of it: its type, the type of its content, when it came. */
  readonly about: Record<string, string>;
  metadata: Uint8Array;
  data: Uint8Array;
}

/**
 * What a read is answered with, field by field: at half of the work that the generated messages take. Whatever is no event
 * (a stream that does not exist, how far a read came) gives nothing. The fields have the numbers of the server's protocol
 * (`ReadResp` in streams.proto), which never change.
 */
export function resolvedIn(bytes: Uint8Array): Resolved {
  const parts: Parts = {
    id: '',
    stream: '',
    revision: '0',
    prepare: '0',
    commit: '0',
    about: {},
    metadata: new Uint8Array(),
    data: new Uint8Array(),
  };
  let isEvent = false;
  message(new protobuf.BinaryReader(bytes), 1, (readEvent) =>
    message(readEvent, 1, (recorded) => {
      isEvent = true;
      readRecorded(recorded, parts);
    }),
  );
  return isEvent ? resolvedOf(parts) : {};
}

function readRecorded(reader: BinaryReader, parts: Parts): void {
  while (reader.nextField()) {
    const field = reader.getFieldNumber();
    if (field === 1) reader.readMessage(parts, readId);
    else if (field === 2) reader.readMessage(parts, readStream);
    else if (field === 3) parts.revision = reader.readUint64String();
    else if (field === 4) parts.prepare = reader.readUint64String();
    else if (field === 5) parts.commit = reader.readUint64String();
    else if (field === 6) reader.readMessage(parts.about, readEntry);
    else if (field === 7) parts.metadata = reader.readBytes();
    else if (field === 8) parts.data = reader.readBytes();
    else reader.skipField();
  }
}

function readId(parts: Parts, reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 2) parts.id = reader.readString();
    else reader.skipField();
  }
}

function readStream(parts: Parts, reader: BinaryReader): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 3) parts.stream = textOf(reader.readBytes());
    else reader.skipField();
  }
}

function readEntry(about: Record<string, string>, reader: BinaryReader): void {
  let key = '';
  while (reader.nextField()) {
    if (reader.getFieldNumber() === 1) key = reader.readString();
    else if (reader.getFieldNumber() === 2) about[key] = reader.readString();
    else reader.skipField();
  }
}

/** Reads the one field of a message that matters, which is a message itself. */
function message(reader: BinaryReader, field: number, read: (inner: BinaryReader) => void): void {
  while (reader.nextField()) {
    if (reader.getFieldNumber() === field)
      reader.readMessage(undefined, (_: unknown, inner: BinaryReader) => read(inner));
    else reader.skipField();
  }
}

function resolvedOf({ about, commit, data, id, metadata, prepare, revision, stream }: Parts): Resolved {
  return {
    event: {
      id,
      type: about['type'] ?? '',
      data: about['content-type'] === 'application/json' ? jsonIn(data) : data,
      metadata: jsonIn(metadata),
      streamId: stream,
      revision: BigInt(revision),
      position: { commit: BigInt(commit), prepare: BigInt(prepare) },
    },
  } as Resolved;
}

/** What bytes say as JSON; the bytes themselves where they are none. */
function jsonIn(bytes: Uint8Array): unknown {
  if (bytes.length === 0) return undefined;
  try {
    return JSON.parse(textOf(bytes));
  } catch {
    return bytes;
  }
}

const textOf = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
