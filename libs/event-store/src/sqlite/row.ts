import type { EventMetadata, JsonObject, StoredEvent } from '#kernel';

/** The columns of an event, in the order of `Row`. */
export const columns = 'position, stream, revision, id, type, data, metadata';

/** One event as the database gives it in raw form, which costs less than an object. */
export type Row = [
  position: number,
  stream: string,
  revision: number,
  id: string,
  type: string,
  data: string,
  metadata: string,
];

export const eventOf = ([position, stream, revision, id, type, data, metadata]: Row): StoredEvent => ({
  id,
  type,
  data: JSON.parse(data) as JsonObject,
  metadata: JSON.parse(metadata) as EventMetadata,
  stream,
  revision,
  position: positionOf(position),
});

export const positionOf = (row: number): string => String(row).padStart(20, '0');
export const rowOf = (position: string): number => Number(position);
