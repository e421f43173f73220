import { Buffer } from 'node:buffer';
import { AppendTooLarge } from '#kernel';
import type { EventEnvelope } from '#kernel';

/**
 * How much one append may take on every store, in bytes: what KurrentDB takes as it is shipped, so that the log of one
 * store can be copied into another.
 */
export const maxAppendBytes = 1_048_576;

/** As KurrentDB counts: the content and the metadata in UTF-8, and the type with two bytes a character. */
export const appendSize = (events: readonly Pick<EventEnvelope, 'type' | 'data' | 'metadata'>[]): number =>
  events.reduce(
    (sum, { data, metadata, type }) =>
      sum + Buffer.byteLength(JSON.stringify(data)) + Buffer.byteLength(JSON.stringify(metadata)) + 2 * type.length,
    0,
  );

/** @throws AppendTooLarge where events take more than one append may */
export function requireSize(stream: string, events: readonly EventEnvelope[]): void {
  const size = appendSize(events);
  if (size > maxAppendBytes) throw new AppendTooLarge(stream, size, maxAppendBytes);
}
