import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from '@jest/globals';
import { pause } from '#kernel';
import type { StoredEvent } from '#kernel';
import { anEvent } from '../testing/index.js';
import { follow } from './catch-up-subscription.js';
import type { Stretch } from '../own-events.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

describe('CatchUpOptions a log', () => {
  it('keeps nothing of what it has given, however long it goes on', async () => {
    const ending = new AbortController();
    async function* batches(): AsyncGenerator<Stretch, void, undefined> {
      for (let revision = 0; revision < 1_000; revision++) {
        const position = String(revision).padStart(20, '0');
        yield { events: [{ ...anEvent(revision), stream: 't.a-1', revision, position }], upTo: position };
      }
    }
    async function* silence(): AsyncGenerator<Stretch, void, undefined> {
      ending.abort();
      yield* [];
    }
    const given: WeakRef<StoredEvent[]>[] = [];
    const following = follow({
      after: '',
      ending: ending.signal,
      recorded: batches,
      live: silence,
      own: (read) => read as StoredEvent[],
      standingOf: () => Promise.resolve('same'),
      onTrouble: () => undefined,
    });
    let kept: number | undefined;
    for await (const batch of following) {
      given.push(new WeakRef(batch));
      if (given.length < 1_000) continue;
      // What a turn has seen through a weak reference it keeps until it ends.
      await pause(1);
      collectGarbage();
      kept = given.filter((one) => one.deref() !== undefined).length;
    }
    expect(given).toHaveLength(1_000);
    expect(kept).toBeLessThan(10);
  });
});
