import { ConnectionChanged, cursorOf } from '#event-store';
import type { AppendOptions, AppendResult, EventStore, ExpectedRevision } from '#event-store';
import type { EventEnvelope, StoredEvent } from '#kernel';
import type { LogWatch } from './log-watch.js';

const attempts = 3;

/**
 * The log, which takes nothing while it is another one than before. What is read of it is given as it is: an older copy
 * is better than no answer, as long as that is said.
 */
export function guardedLog(store: EventStore, watch: LogWatch): EventStore {
  const meet = (events: readonly StoredEvent[]): void => {
    const last = events.at(-1);
    if (last) watch.met(cursorOf(last));
  };

  /** Over a connection that was made anew it is sent when the log there was found to be the same. */
  async function append(
    stream: string,
    events: readonly EventEnvelope[],
    expected: ExpectedRevision,
    options: AppendOptions = {},
  ): Promise<AppendResult> {
    for (let attempt = 1; ; attempt++) {
      await watch.prove();
      const { connection = watch.connection! } = options;
      try {
        const appended = await store.append(stream, events, expected, { ...options, connection });
        watch.met({ ...appended, eventId: events.at(-1)!.id, stream });
        return appended;
      } catch (error) {
        const again = error instanceof ConnectionChanged && options.connection === undefined && attempt < attempts;
        if (!again) throw error;
      }
    }
  }

  return {
    get connection() {
      return store.connection;
    },
    get passedOver() {
      return store.passedOver;
    },
    append,
    async readStream(...parameters) {
      const events = await store.readStream(...parameters);
      meet(events);
      return events;
    },
    async readAll(...parameters) {
      const events = await store.readAll(...parameters);
      meet(events);
      return events;
    },
    async *subscribe(...parameters) {
      for await (const events of store.subscribe(...parameters)) {
        meet(events);
        yield events;
      }
    },
    standingOf: (...parameters) => store.standingOf(...parameters),
    head: (...parameters) => store.head(...parameters),
    async close() {
      await watch.stop();
      await store.close();
    },
  };
}
