import { startOfLog } from '#kernel';
import type { StoredEvent } from '#kernel';

/** A place in the log, known by the event that stands there. */
export interface LogCursor {
  readonly position: string;
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
}

/** A place as it was noted: long ago by its position alone, and where nothing was read yet by the start of the log. */
export type NotedPlace = Pick<LogCursor, 'position'> & Partial<LogCursor>;

/**
 * What a log says of a place that was noted of it:
 * - `same`: the event stands there
 * - `trimmed`: its stream or the log lets go of old events, and the event is among those; the log is the same one
 * - `replaced`: another event stands there, or no event can have stood there, or the log ends before it: it is another
 *   log, or an older copy of the one that there was
 */
export type PlaceStanding = 'same' | 'trimmed' | 'replaced';

/** What an adapter tells of a position, whichever way its log lost what stood there. */
export type FoundAt =
  /** The event of that id stands there. */
  | { readonly eventId: string }
  /** Nothing stands there now, and something may have. */
  | 'nothing'
  /** Nothing ever stood there: the log ends before it, or one event takes up all the room around it. */
  | 'no-such-place';

/** What is looked at to tell whether a log is still the same. */
export interface PlacesOfLog {
  /** The event of a stream at a revision, or where the stream has let go of it, a later one or none. */
  eventAt(stream: string, revision: number): Promise<StoredEvent | undefined>;
  foundAt(position: string): Promise<FoundAt>;
}

/** The one way to ask whether a log is still the one that a place was noted of: of its stream first, which costs least. */
export async function standingOf(place: NotedPlace, log: PlacesOfLog): Promise<PlaceStanding> {
  const { eventId, position, revision, stream } = place;
  if (position === '' || position === startOfLog) return 'same';
  if (stream !== undefined && revision !== undefined) {
    const event = await log.eventAt(stream, revision);
    if (event?.revision === revision) return event.id === eventId && event.position === position ? 'same' : 'replaced';
  }
  const found = await log.foundAt(position);
  if (found === 'no-such-place') return 'replaced';
  if (found === 'nothing') return 'trimmed';
  if (eventId === undefined) return 'same';
  return found.eventId === eventId ? 'trimmed' : 'replaced';
}

export const cursorOf = ({ id, position, revision, stream }: Omit<StoredEvent<unknown>, 'data'>): LogCursor => ({
  position,
  eventId: id,
  stream,
  revision,
});
