import { pagesOfStream } from '#event-store';
import type { EventStore } from '#event-store';

const pageSize = 500;

/** The ids of the commands that some streams have answered, as the log tells now. */
export async function commandsIn(
  eventStore: Pick<EventStore, 'readStream'>,
  streams: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const done = new Set<string>();
  for (const stream of new Set(streams)) {
    for await (const page of pagesOfStream(eventStore, stream, { limit: pageSize })) {
      for (const { metadata } of page) done.add(metadata.commandId);
    }
  }
  return done;
}
