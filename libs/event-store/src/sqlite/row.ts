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

/** An event as it stands in the file, whoever wrote it. */
export const eventOf = ([position, stream, revision, id, type, data, metadata]: Row): StoredEvent => ({
  id,
  type,
  data: parsed(data) as JsonObject,
  metadata: parsed(metadata) as EventMetadata,
  stream,
  revision,
  position: positionOf(position),
});

/** What a column says; undefined where somebody has written into it what is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const positionOf = (row: number): string => String(row).padStart(20, '0');
export const rowOf = (position: string): number => Number(position);
