import { isOwnEvent, LogDamaged } from '#kernel';
import type { StoredEvent } from '#kernel';

/**
 * The events of a stream, where they are all that there should be: ours, from the revision that comes next, without a gap.
 * @param events what a store gives of the stream after a revision, oldest first
 * @throws LogDamaged where one is missing, or is none of ours
 */
export function wholeStream(stream: string, after: number, events: readonly StoredEvent[]): StoredEvent[] {
  let awaited = after + 1;
  for (const event of events) {
    if (event.revision !== awaited || !isOwnEvent(event)) {
      throw new LogDamaged({ stream, awaited, found: event.revision }, events.filter(isOwnEvent));
    }
    awaited++;
  }
  return [...events];
}
