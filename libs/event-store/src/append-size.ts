import { Buffer } from 'node:buffer';
import { AppendTooLarge } from '#kernel';
import type { EventEnvelope } from '#kernel';

/**
 * How much one append may take on every store, in bytes: what KurrentDB takes as it is shipped, so that the log of one
 * store can be copied into another.
 */
export const maxAppendBytes = 1_048_576;

/** An event as it is written down, its content and its metadata as JSON. */
export interface WrittenEvent {
  readonly type: string;
  readonly data: string;
  readonly metadata: string;
}

export const written = ({ data, metadata, type }: Pick<EventEnvelope, 'type' | 'data' | 'metadata'>): WrittenEvent => ({
  type,
  data: JSON.stringify(data),
  metadata: JSON.stringify(metadata),
});

export const appendSize = (events: readonly Pick<EventEnvelope, 'type' | 'data' | 'metadata'>[]): number =>
  sizeOf(events.map(written));

/** As KurrentDB counts: the content and the metadata in UTF-8, and the type with two bytes a character. */
const sizeOf = (events: readonly WrittenEvent[]): number =>
  events.reduce(
    (sum, { data, metadata, type }) => sum + Buffer.byteLength(data) + Buffer.byteLength(metadata) + 2 * type.length,
    0,
  );

/** @throws AppendTooLarge where events take more than one append may */
export const requireSize = (stream: string, events: readonly EventEnvelope[]): void =>
  requireWrittenSize(stream, events.map(written));

/** @throws AppendTooLarge where events take more than one append may */
export function requireWrittenSize(stream: string, events: readonly WrittenEvent[]): void {
  const size = sizeOf(events);
  if (size > maxAppendBytes) throw new AppendTooLarge(stream, size, maxAppendBytes);
}
