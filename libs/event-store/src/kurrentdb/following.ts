import { StoreUnavailable } from '#kernel';
import type { StoredEvent } from '#kernel';
import { BackOff } from './back-off.js';
import { answering } from './failures.js';
import type { LiveFeed } from './live-feed.js';

/** How to follow a log. */
export interface Following {
  readonly after: string;
  readonly batchSize: number;
  /** Ends it. */
  readonly ending: AbortSignal;
  /** After so many milliseconds without an event it is asked whether there is none, or the feed has died unnoticed. */
  readonly silence: number;
  readonly read: (after: string, limit: number) => Promise<StoredEvent[]>;
  readonly openFeed: (after: string) => LiveFeed;
  readonly onTrouble: (trouble: StoreUnavailable) => void;
}

/**
 * Batches of a log without an end: pages as long as there are any, then what the server sends. Whatever fails on the
 * way, it goes on after the last event that it gave, so that no event is lost and none comes twice. Reads at most one
 * page ahead of its reader.
 * @throws what would fail again however often it is tried, such as a refused access
 */
export async function* follow(following: Following): AsyncGenerator<StoredEvent[], void, undefined> {
  const { batchSize, ending, onTrouble, openFeed, read } = following;
  const backOff = new BackOff();
  let { after } = following;
  let ahead: Promise<StoredEvent[]> | undefined;
  while (!ending.aborted) {
    try {
      const page = await unless(ending, ahead ?? read(after, batchSize));
      ahead = undefined;
      if (page && page.length > 0) {
        after = page.at(-1)!.position;
        backOff.succeeded();
        if (page.length === batchSize) ahead = quietly(read(after, batchSize));
        yield page;
        continue;
      }
      // Nothing is left to read. What is appended meanwhile comes after `after`, where the feed begins.
      const feed = openFeed(after);
      try {
        for (let batch = await next(feed, following); batch; batch = await next(feed, following)) {
          after = batch.at(-1)!.position;
          backOff.succeeded();
          yield batch;
        }
      } finally {
        feed.close();
      }
    } catch (error) {
      ahead = undefined;
      if (!(error instanceof StoreUnavailable)) throw error;
      if (ending.aborted) return;
      onTrouble(error);
      await backOff.wait(ending);
    }
  }
}

const next = (feed: LiveFeed, { ending, silence }: Following) =>
  ending.aborted ? undefined : answering(() => feed.next(silence, ending));

/** A failure of what is read ahead is told where it is waited for, and nowhere where the reader has left. */
function quietly<Answer>(work: Promise<Answer>): Promise<Answer> {
  work.catch(() => {});
  return work;
}

/** The outcome of some work, or undefined as soon as the signal aborts. */
async function unless<Answer>(signal: AbortSignal, work: Promise<Answer>): Promise<Answer | undefined> {
  let stop: () => void = () => {};
  const stopped = new Promise<undefined>((resolve) => {
    stop = () => resolve(undefined);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop);
  });
  try {
    return await Promise.race([quietly(work), stopped]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
