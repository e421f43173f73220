import { StoreFailure, unlessAborted } from '#kernel';
import type { StoredEvent } from '#kernel';
import { AheadOfLog } from '../ahead-of-log.js';
import { cursorOf } from '../log-cursor.js';
import type { NotedPlace, PlaceStanding } from '../log-cursor.js';
import type { Stretch } from '../own-events.js';
import { BackOff } from './back-off.js';
import { quietly } from './taking.js';

/** How to follow a log. */
export interface CatchUpOptions {
  readonly after: string;
  /** Ends it. */
  readonly ending: AbortSignal;
  /** What is recorded after a position, stretch by stretch; ends where nothing more is recorded. */
  readonly recorded: (after: string) => AsyncGenerator<Stretch, void, undefined>;
  /** What is recorded from now on; ends where its reader should look for itself again. */
  readonly live: (after: string) => AsyncGenerator<Stretch, void, undefined>;
  /** Those events of a stretch that are ours. */
  readonly own: (read: readonly StoredEvent[]) => StoredEvent[];
  /** Whether the log is still the one in which it came so far. */
  readonly standingOf: (place: NotedPlace) => Promise<PlaceStanding>;
  /** Is told each time that it has to begin anew. */
  readonly onTrouble: (trouble: StoreFailure) => void;
}

/**
 * Batches of a log without an end: what is recorded, then what the server sends. Whatever fails on the way, it goes on
 * after the last event that it gave, so that no event is lost and none comes twice. It does not look again at what lies
 * between our events and is none of them.
 * @throws AheadOfLog where the server has come back without what was given; what would fail again however often it is
 * tried, such as an event that cannot be read
 */
export async function* follow(following: CatchUpOptions): AsyncGenerator<StoredEvent[], void, undefined> {
  const { ending, live, onTrouble, own, recorded, standingOf } = following;
  const backOff = new BackOff();
  let place: NotedPlace = { position: following.after };
  let from = following.after;
  let failed = false;
  while (!ending.aborted) {
    try {
      if (failed && (await standingOf(place)) === 'replaced') throw new AheadOfLog(place.position);
      // What others wrote may be gone where what was given is there still.
      if (failed) from = place.position;
      failed = false;
      // What is recorded between the two comes after `from` too, where the second begins.
      for (const source of [recorded, live]) {
        for await (const { events, upTo } of until(ending, source(from))) {
          from = upTo;
          backOff.succeeded();
          const batch = own(events);
          if (batch.length === 0) continue;
          place = cursorOf(batch.at(-1)!);
          yield batch;
        }
      }
    } catch (error) {
      if (!(error instanceof StoreFailure)) throw error;
      if (ending.aborted) return;
      failed = true;
      onTrouble(error);
      await backOff.wait(ending);
    }
  }
}

/** The same, ended as soon as the signal aborts, whatever is waited for. */
async function* until<Item>(
  signal: AbortSignal,
  items: AsyncGenerator<Item, void, undefined>,
): AsyncGenerator<Item, void, undefined> {
  try {
    while (!signal.aborted) {
      const next = await unlessAborted(items.next(), signal);
      if (!next || next.done) return;
      yield next.value;
    }
  } finally {
    // Not waited for: it may itself wait for a server that never answers.
    void quietly(items.return());
  }
}
