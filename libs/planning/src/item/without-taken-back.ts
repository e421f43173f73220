import type { ItemEvent } from './item.events.js';

type Recorded = { readonly revision: number } & Pick<ItemEvent, 'type' | 'data'>;

/**
 * What an item's events tell where some are not seen by when they were said. What takes a revision back says what held without
 * it as the record knew that, which may not have been said yet: so it is left out with what it takes back.
 * @param isSeen whether an event that takes back is seen
 */
export function withoutTakenBack<Event extends Recorded>(
  events: readonly Event[],
  isSeen: (event: Event) => boolean = () => true,
): readonly Event[] {
  const takenBack = new Set<number>();
  for (const event of events) {
    if ('revisions' in event.data && isSeen(event)) {
      for (const revision of event.data.revisions) takenBack.add(revision);
    }
  }
  if (takenBack.size === 0) return events;
  return events
    .filter(({ revision }) => !takenBack.has(revision))
    .map((event) => ('revisions' in event.data ? restoringNothing(event) : event));
}

const restoringNothing = <Event extends Recorded>(event: Event): Event => ({
  ...event,
  data: { ...event.data, restores: {} },
});
